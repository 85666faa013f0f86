import { useState } from 'react'
import { downloadExport, startExport, type ExportDoor, type ExportRequest, type ExportResult } from '../../api/exports'
import { useJob, type Job } from '../../api/jobs'
import { useClientMark } from '../../api/mark'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, format, Note, RadioButton, Select, Status, toast } from '../../ui'
import { jobError, JobProgress, JobStatus } from '../jobs/JobBits'
import { exportName } from './name'
import { Unmappable } from './Unmappable'
import './exports.css'

type Props = { door: ExportDoor; onClose: () => void }

const start: ExportRequest = { encoding: 'utf8_bom', attendance: 'present', layout: 'kuramori', unmappable: 'report' }

/** A CSV file: choose, wait, save. What the old encoding cannot hold is asked about, never dropped. */
export function ExportDialog({ door, onClose }: Props) {
  const client = useClientMark(door.clientId)
  const [wanted, setWanted] = useState(start)
  const [jobId, setJobId] = useState<number>()
  const [fault, setFault] = useState<unknown>()
  const name = exportName(door, client?.code)
  const save = (id: number) => void downloadExport(door, id, name).catch((problem: unknown) => toast('alert', problemText(problem)))
  const job = useJob(jobId, (over) => {
    const made = resultOf(over)
    if (over.state === 'done' && made?.export_id != null) save(made.export_id)
  })
  const result = job && resultOf(job)
  const go = async (request: ExportRequest) => {
    setWanted(request)
    setFault(undefined)
    setJobId(undefined)
    try {
      setJobId((await startExport(door, request)).job_id)
    } catch (problem) {
      setFault(problem)
    }
  }
  const running = jobId !== undefined && (!job || job.state === 'waiting' || job.state === 'running')
  const failed = job?.state === 'failed' || job?.state === 'cancelled'
  const asked = result !== undefined && result.export_id == null
  const done = result?.export_id != null
  const act = () => {
    if (asked) void go({ ...wanted, encoding: 'utf8_bom' })
    else if (done) save(result.export_id ?? 0)
    else void go(wanted)
  }
  return (
    <ConfirmDialog open client={client} size="L" title={t(`export.${door.kind}.title`)} busy={running} action={asked ? t('export.as_utf8') : done ? t('export.save') : t('export.action')}
      undo={done ? t('export.ready_note') : t('export.undo')} error={fault === undefined ? failed ? `${t('export.failed')}${job.error ? jobError(job.error) : ''}` : undefined : problemText(fault)}
      onClose={onClose} onDone={act}>
      {running && <p role="status" className="k-row"><b>{t('export.running')}</b>{job && (job.state === 'running' ? <JobProgress job={job} /> : <JobStatus job={job} />)}</p>}
      {asked && <Unmappable cells={result.unmappable} onChange={() => setJobId(undefined)} onSubstitute={() => void go({ ...wanted, unmappable: 'substitute' })} />}
      {done && (
        <>
          <p role="status"><Status kind="done">{t('export.done', { rows: result.rows, size: format.bytes(result.bytes) })}</Status></p>
          {result.unmappable.length > 0 && <Note kind="soon">{t('export.substituted', { n: result.unmappable.length })}</Note>}
        </>
      )}
      {!running && !asked && !done && <Form door={door} wanted={wanted} onChange={setWanted} />}
    </ConfirmDialog>
  )
}

const resultOf = (job: Job): ExportResult | undefined =>
  job.state === 'done' && typeof job.result === 'object' && job.result !== null ? (job.result as ExportResult) : undefined

const choices = <T extends string>(values: readonly T[], label: (value: T) => string) => values.map((value) => ({ value, label: label(value) }))

function Form({ door, wanted, onChange }: { door: ExportDoor; wanted: ExportRequest; onChange: (to: ExportRequest) => void }) {
  return (
    <>
      <fieldset className="pick">
        <legend>{t('export.encoding')}</legend>
        {(['utf8_bom', 'cp932'] as const).map((encoding) => (
          <RadioButton key={encoding} name="encoding" checked={wanted.encoding === encoding} onChange={() => onChange({ ...wanted, encoding })}>
            {t(`export.encoding.${encoding}`)} <span className="k-sub">{t(`export.encoding.${encoding}_help`)}</span>
          </RadioButton>
        ))}
      </fieldset>
      {door.kind === 'employees' ? (
        <div className="pair low">
          <FormControl label={t('export.attendance')}>
            <Select width="100%" value={wanted.attendance} options={choices(['present', 'retired', 'all'] as const, (v) => t(`export.attendance.${v}`))}
              onChangeValue={(attendance) => onChange({ ...wanted, attendance })} />
          </FormControl>
          <FormControl label={t('export.layout')} helpMessage={t('export.layout_help')}>
            <Select width="100%" value={wanted.layout} options={choices(['kuramori', 'smarthr', 'freee', 'officestation'] as const, (v) => t(`export.layout.${v}`))}
              onChangeValue={(layout) => onChange({ ...wanted, layout })} />
          </FormControl>
        </div>
      ) : <p>{t('export.clients.scope')}</p>}
    </>
  )
}
