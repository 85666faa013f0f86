import type { Job } from '../../api/jobs'
import { t } from '../../i18n'
import { JobProgress, JobStatus } from '../jobs/JobBits'

/** A job of this import on its way. */
export const Running = ({ title, job }: { title: string; job?: Job }) => (
  <div className="k-card running" role="status">
    <div className="in"><b>{title}</b>{job && (job.state === 'running' ? <JobProgress job={job} /> : <JobStatus job={job} />)}<span className="k-sub k-push">{t('import.leave_ok')}</span></div>
  </div>
)
