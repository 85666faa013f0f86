import type { Door, Import } from '../../api/imports'
import type { Job } from '../../api/jobs'
import { t } from '../../i18n'
import { Button, format, Note, Status } from '../../ui'
import { jobError } from '../jobs/JobBits'
import { Running } from './Running'
import type { Go } from './steps'
import { UndoButton } from './UndoButton'

type Props = { door: Door; record: Import; go: Go; running: boolean; job?: Job; toList: () => void }

/** Step 4: all rows are written at once; afterwards the result, the way to the list, and the way back. */
export function StepCommit({ door, record, go, running, job, toList }: Props) {
  if (running) return <Running title={t(record.state === 'undoing' ? 'import.undoing' : 'import.committing')} job={job} />
  const undone = record.state === 'undone'
  const counts = record.counts ?? { add: 0, update: 0, same: 0 }
  return (
    <>
      {record.error && <Note kind="alert" role="alert"><b>{t('import.undo_failed')}</b>　{jobError(record.error)}</Note>}
      <section className="k-card import-done" aria-labelledby="im-done">
        <div className="in">
          <h2 id="im-done"><Status kind={undone ? 'off' : 'done'}>{t(undone ? 'import.undone' : 'import.committed')}</Status></h2>
          <p className="k-sub">{undone ? t('import.undone_sub') : t('import.committed_sub', { at: format.moment(record.committed_at ?? record.created_at), name: record.created_by })}</p>
          <div className="sums">
            {(['add', 'update', 'same'] as const).map((name) => <div key={name} className="sum"><span>{t(`import.count.${name}`)}</span><b>{format.count(counts[name])}</b><i>{t('import.count.rows')}</i></div>)}
          </div>
          <div className="k-row wrap">
            <Button variant="primary" onClick={toList}>{t(`import.to_${door.kind}`)}</Button>
            <Button onClick={() => go({})}>{t('import.again')}</Button>
            <span className="k-push">{record.can_undo ? <UndoButton door={door} record={record} /> : !undone && <span className="k-sub">{t('import.undo_no')}</span>}</span>
          </div>
        </div>
      </section>
    </>
  )
}
