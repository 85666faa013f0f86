import { markOf, useAllClients } from '../../api/clients'
import { isOver, type Job } from '../../api/jobs'
import { problemText, Problem } from '../../api/problem'
import { maybe, t } from '../../i18n'
import { ClientChip, format, Progress, Status, type StatusKind } from '../../ui'
import './jobs.css'

const kinds: Record<Job['state'], StatusKind> = { waiting: 'wait', running: 'doing', done: 'done', failed: 'alert', cancelled: 'off' }

export const JobStatus = ({ job }: { job: Job }) => <Status kind={kinds[job.state]}>{t(`job.state.${job.state}`)}</Status>
export const jobKind = (kind: string) => maybe(`job.kind.${kind}`) ?? kind
export const jobError = (code: string) => problemText(new Problem(422, { code }))

/** Seconds left at the present pace, once there is enough of it to judge. */
export function secondsLeft(job: Job, now = Date.now() / 1000): number | undefined {
  if (job.state !== 'running' || !job.started_at || job.total <= 0 || job.done <= 0) return undefined
  const spent = now - job.started_at
  return job.done / job.total < 0.05 || spent < 2 ? undefined : (spent / job.done) * (job.total - job.done)
}

export function JobProgress({ job }: { job: Job }) {
  if (isOver(job) || job.state === 'waiting') return null
  const left = secondsLeft(job)
  return (
    <span className="job-progress">
      <Progress label={jobKind(job.kind)} done={job.done} total={job.total} />
      <span className="k-sub">{maybe(`job.step.${job.step}`) ?? ''}
        {left !== undefined && ` ${t('jobs.left', { time: format.duration(left) })}`}</span>
    </span>
  )
}

/** Whose job it is. */
export function JobClient({ id }: { id?: number | null }) {
  const { data: clients = [] } = useAllClients()
  if (id == null) return <span className="k-sub">{t('jobs.whole_office')}</span>
  const client = clients.find((c) => c.id === id)
  return client ? <ClientChip client={markOf(client)} /> : null
}
