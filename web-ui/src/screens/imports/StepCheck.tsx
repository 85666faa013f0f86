import { useState } from 'react'
import { downloadErrors, useImportSteps, type Door, type Import, type Show } from '../../api/imports'
import type { Job } from '../../api/jobs'
import { useClientMark } from '../../api/mark'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Facts, format, Note, toast } from '../../ui'
import { jobError } from '../jobs/JobBits'
import { CheckedRows } from './CheckedRows'
import { Running } from './Running'
import type { Go, Place } from './steps'

type Props = { door: Door; record: Import; place: Place; go: Go; running: boolean; job?: Job }

/** Step 3: what would happen, row by row. Nothing is written yet. */
export function StepCheck({ door, record, place, go, running, job }: Props) {
  if (running) return <Running title={t('import.checking')} job={job} />
  const back = () => go({ import: record.id, step: 'mapping' })
  if (!record.counts) {
    return (
      <>
        <Note kind="alert" role="alert"><b>{t('import.check_failed')}</b>　{record.error ? jobError(record.error) : t('import.not_checked')}</Note>
        <footer className="act"><Button onClick={back}>{t('action.previous')}</Button></footer>
      </>
    )
  }
  return <Checked door={door} record={record} place={place} go={go} onBack={back} />
}

type CheckedProps = Omit<Props, 'running' | 'job'> & { onBack: () => void }

function Checked({ door, record, place, go, onBack }: CheckedProps) {
  // errors first; they stay in sight when the last one is corrected
  const [first] = useState<Show>(record.counts?.error ? 'errors' : 'all')
  const show = place.show ?? first
  const see = (next: Partial<Place>) => go({ import: record.id, step: 'check', show, ...next })
  return (
    <>
      {record.state === 'failed' && <Note kind="alert" role="alert"><b>{t('import.commit_failed')}</b>　{record.error && jobError(record.error)}
        {'　'}<button className="k-link" onClick={onBack}>{t('import.check_again')}</button></Note>}
      <Sums record={record} show={show} onShow={(to) => go({ import: record.id, step: 'check', show: to })} />
      <CheckedRows key={show} door={door} record={record} show={show} page={place.page ?? 1} size={place.size ?? 50} onPage={(page) => see({ page })} onSize={(size) => see({ size, page: 1 })}
        onErrorFile={() => void downloadErrors(door, record, t('import.errors_name')).catch((fault: unknown) => toast('alert', problemText(fault)))}
        onReplaced={(id) => go({ import: id, step: 'check' })} />
      <Commit door={door} record={record} onBack={onBack} onStarted={() => go({ import: record.id })} />
    </>
  )
}

function Sums({ record, show, onShow }: { record: Import; show: Show; onShow: (show: Show) => void }) {
  const counts = record.counts ?? { add: 0, update: 0, same: 0, error: 0 }
  const sums: [Show | undefined, 'all' | 'add' | 'update' | 'same' | 'error', number][] = [
    ['all', 'all', record.rows], ['add', 'add', counts.add], ['update', 'update', counts.update], [undefined, 'same', counts.same], ['errors', 'error', counts.error],
  ]
  return (
    <div className="sums">
      {sums.map(([filter, name, n]) => {
        const inside = <><span>{t(`import.count.${name}`)}</span><b>{format.count(n)}</b><i>{t('import.count.rows')}</i></>
        const loud = name === 'error' && n > 0 ? 'alert' : ''
        return filter
          ? <button key={name} className={`${loud}${show === filter ? ' on' : ''}`} aria-pressed={show === filter} onClick={() => onShow(filter)}>{inside}</button>
          : <div key={name} className="sum">{inside}</div>
      })}
      <span className="k-push k-sub">{t('import.nothing_written')}</span>
    </div>
  )
}

function Commit({ door, record, onBack, onStarted }: { door: Door; record: Import; onBack: () => void; onStarted: () => void }) {
  const client = useClientMark(door.clientId)
  const { commit } = useImportSteps(door)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const { add, update, error } = record.counts ?? { add: 0, update: 0, error: 0 }
  const n = add + update
  const start = async () => {
    setBusy(true)
    try {
      await commit(record.id)
      onStarted()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <footer className="act">
      <Button onClick={onBack}>{t('action.previous')}</Button>
      <span className="k-push k-sub">{error > 0 ? t('import.commit_wait') : n === 0 ? t('import.all_same') : t('import.commit_note')}</span>
      <Button variant="primary" disabled={error > 0 || n === 0} onClick={() => { setFault(undefined); setAsking(true) }}>{t('import.commit', { n })}</Button>
      <ConfirmDialog open={asking} client={client} weight={record.blank === 'clear' ? 'checked' : 'plain'} title={t(`import.commit_title.${door.kind}`)} action={t('import.commit_action')}
        undo={<>{t('import.commit_undo')}{record.blank === 'clear' && <b>{t('import.commit_clear')}</b>}</>} busy={busy}
        error={fault === undefined ? undefined : problemText(fault)} onClose={() => setAsking(false)} onDone={() => void start()}>
        <p>{t(`import.commit_body.${door.kind}`, { file: record.file_name })}</p>
        <Facts slim rows={[[t('import.count.add'), <b key="a">{t(`import.${door.kind}.unit`, { n: add })}</b>], [t('import.count.update'), <b key="u">{t(`import.${door.kind}.unit`, { n: update })}</b>],
          [t('import.blank.title'), t(`import.blank.${record.blank}`)], ...(record.valid_from ? [[t('import.from.day'), format.day(record.valid_from)] as [string, string]] : [])]} />
      </ConfirmDialog>
    </footer>
  )
}
