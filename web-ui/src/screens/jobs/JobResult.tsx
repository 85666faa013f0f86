import { Link } from '@tanstack/react-router'
import { downloadExport, type ExportDoor } from '../../api/exports'
import type { Job } from '../../api/jobs'
import { problemText } from '../../api/problem'
import { maybe, t } from '../../i18n'
import { Button, Facts, FaFileArrowDownIcon, format, toast, type Fact } from '../../ui'
import { exportName } from '../exports/name'

function shown(name: string, value: unknown): string {
  if (typeof value === 'number') return name === 'bytes' ? format.bytes(value) : name.endsWith('_seconds') ? format.duration(value) : format.count(value)
  return typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no') : String(value)
}

/** What a job left behind: its counts in words, and the way to its object. */
export function JobResult({ job }: { job: Job }) {
  const result = typeof job.result === 'object' && job.result !== null ? (job.result as Record<string, unknown>) : {}
  const rows = Object.entries(result).flatMap(([name, value]): Fact[] => {
    const label = maybe(`result.${name}`)
    return label && ['number', 'boolean', 'string'].includes(typeof value) ? [[label, shown(name, value)]] : []
  })
  return (
    <>
      <h3>{t('jobs.result')}</h3>
      {rows.length > 0 ? <Facts slim rows={rows} /> : <p className="k-sub">{t('job.state.done')}</p>}
      {job.kind.startsWith('backup') && <p><Link to="/backups">{t('backups.points')}</Link></p>}
      {job.kind.includes('_import') && <p><ImportLink job={job} id={result.import_id} /></p>}
      {job.kind.endsWith('_export') && typeof result.export_id === 'number' && <ExportAgain job={job} id={result.export_id} />}
    </>
  )
}

function ImportLink({ job, id }: { job: Job; id: unknown }) {
  const search = typeof id === 'number' ? { import: id } : {}
  return job.client_id != null
    ? <Link to="/clients/$clientId/employees/import" params={{ clientId: String(job.client_id) }} search={search}>{t('jobs.to_import')}</Link>
    : <Link to="/clients/import" search={search}>{t('jobs.to_import')}</Link>
}

/** For the account that asked for it, and for 24 hours; the daemon decides. */
function ExportAgain({ job, id }: { job: Job; id: number }) {
  const door: ExportDoor = job.client_id != null ? { kind: 'employees', clientId: job.client_id } : { kind: 'clients' }
  const save = () => downloadExport(door, id, exportName(door, '', job.finished_at ?? job.created_at)).catch((fault: unknown) => toast('alert', problemText(fault)))
  return <Button size="s" prefix={<FaFileArrowDownIcon />} onClick={() => void save()}>{t('jobs.save_export')}</Button>
}
