import { Link } from '@tanstack/react-router'
import type { Job } from '../../api/jobs'
import { maybe, t } from '../../i18n'
import { Facts, format, type Fact } from '../../ui'

const shown = (value: unknown): string =>
  typeof value === 'number' ? format.count(value) : typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no') : String(value)

/** What a job left behind: its counts in words, and the way to its object. */
export function JobResult({ job }: { job: Job }) {
  const result = typeof job.result === 'object' && job.result !== null ? (job.result as Record<string, unknown>) : {}
  const rows = Object.entries(result).flatMap(([name, value]): Fact[] => {
    const label = maybe(`result.${name}`)
    return label && (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') ? [[label, shown(value)]] : []
  })
  const backup = job.kind.startsWith('backup')
  return (
    <>
      <h3>{t('jobs.result')}</h3>
      {rows.length > 0 ? <Facts slim rows={rows} /> : <p className="k-sub">{t('job.state.done')}</p>}
      {backup && <p><Link to="/backups">{t('backups.points')}</Link></p>}
    </>
  )
}
