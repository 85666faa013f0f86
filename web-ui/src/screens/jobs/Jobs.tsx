import { useState } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useActorName } from '../../api/actor'
import { cancelJob, isOver, jobsQuery, useJob, type Job } from '../../api/jobs'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Empty, Facts, format, Page, Select, SidePanel, toast, FaBanIcon } from '../../ui'
import { JobResult } from './JobResult'
import { JobClient, jobError, jobKind, JobProgress, JobStatus } from './JobBits'

const took = (job: Job) =>
  job.started_at ? format.duration((job.finished_at ?? Math.floor(Date.now() / 1000)) - job.started_at) : ''

/** Every long piece of work: how far it is, how it ended. */
export default function Jobs() {
  const search = useSearch({ from: '/shell/screen/jobs' })
  const navigate = useNavigate()
  const actor = useActorName()
  const { data: jobs = [], isPending } = useQuery(jobsQuery)
  const kinds = [...new Set(jobs.map((job) => job.kind))]
  const rows = jobs.filter((job) => (!search.kind || job.kind === search.kind) && (!search.state || isOver(job) === (search.state === 'ended')))
  const open = jobs.find((job) => job.id === search.job)
  const show = (change: Partial<typeof search>) => void navigate({ to: '/jobs', search: { ...search, ...change }, replace: true })
  return (
    <div className={open ? 'split open bare' : 'split bare'}>
      <Page title={t('jobs.title')} sub={t('jobs.sub')} help="jobs">
        <div className="k-card">
          <div className="filters" role="search">
            <Select aria-label={t('jobs.filter.state')} value={search.state ?? ''} onChangeValue={(v) => show({ state: v === 'active' || v === 'ended' ? v : undefined })}
              options={[{ value: '', label: t('jobs.state.all') }, { value: 'active', label: t('jobs.state.active') }, { value: 'ended', label: t('jobs.state.ended') }]} />
            <Select aria-label={t('jobs.col.kind')} value={search.kind ?? ''} onChangeValue={(v) => show({ kind: v || undefined })}
              options={[{ value: '', label: t('jobs.kind.all') }, ...kinds.map((kind) => ({ value: kind, label: jobKind(kind) }))]} />
          </div>
          <table className="k-table stick">
            <thead><tr><th>{t('jobs.col.at')}</th><th>{t('jobs.col.kind')}</th><th>{t('jobs.col.client')}</th><th>{t('jobs.col.actor')}</th><th>{t('jobs.col.state')}</th>
              <th>{t('jobs.col.progress')}</th><th className="k-num">{t('jobs.col.took')}</th></tr></thead>
            <tbody>
              {rows.map((job) => (
                <tr key={job.id} data-click aria-selected={job.id === search.job} onClick={() => show({ job: job.id })}>
                  <td className="k-nowrap">{format.exact(job.created_at)}</td>
                  <td className="k-nowrap"><Link className="plain k-strong" to="/jobs" search={{ ...search, job: job.id }}>{jobKind(job.kind)}</Link></td>
                  <td className="clip-cell"><JobClient id={job.client_id} /></td>
                  <td className="k-nowrap">{actor(job.actor)}</td>
                  <LiveCells job={job} />
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length === 0 && !isPending && <Empty title={t('jobs.empty')}>{t('jobs.empty_do')}</Empty>}
        </div>
      </Page>
      {open && <Panel job={open} onClose={() => show({ job: undefined })} />}
    </div>
  )
}

/** Running jobs are watched one by one; the others stand still. */
function LiveCells({ job }: { job: Job }) {
  const live = useJob(isOver(job) ? undefined : job.id) ?? job
  return (
    <>
      <td><JobStatus job={live} /></td><td><JobProgress job={live} /></td><td className="k-num k-sub">{took(live)}</td>
    </>
  )
}

function Panel({ job: listed, onClose }: { job: Job; onClose: () => void }) {
  const actor = useActorName()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const job = useJob(isOver(listed) ? undefined : listed.id) ?? listed
  const stop = async () => {
    setAsking(false)
    try {
      await cancelJob(job.id)
      toast('doing', t('jobs.cancelled'))
    } catch (fault) {
      toast('alert', problemText(fault))
    }
    await queries.invalidateQueries({ queryKey: ['jobs'] })
  }
  return (
    <SidePanel label={jobKind(job.kind)} face={jobKind(job.kind)[0]} top={`${t('jobs.number')} ${job.id}`} title={jobKind(job.kind)} sub={<JobStatus job={job} />} onClose={onClose}>
      {!isOver(job) && <div className="k-col"><JobProgress job={job} /><div><Button prefix={<FaBanIcon />} onClick={() => setAsking(true)}>{t('jobs.cancel')}</Button></div></div>}
      {job.error && <><h3>{t('jobs.error')}</h3><p className="k-fault">{jobError(job.error)}</p></>}
      <h3>{t('jobs.facts')}</h3>
      <Facts slim rows={[
        [t('jobs.col.client'), <JobClient key="c" id={job.client_id} />], [t('jobs.col.actor'), actor(job.actor)], [t('jobs.col.at'), format.exact(job.created_at)],
        [t('jobs.started'), job.started_at && format.exact(job.started_at)], [t('jobs.finished'), job.finished_at && format.exact(job.finished_at)],
        [t('jobs.col.took'), took(job)],
      ]} />
      {job.state === 'done' && <JobResult job={job} />}
      <ConfirmDialog open={asking} title={t('jobs.cancel_title')} action={t('jobs.cancel')} undo={t('jobs.cancel_undo')} onClose={() => setAsking(false)} onDone={() => void stop()}>
        <p>{t('jobs.cancel_body', { kind: jobKind(job.kind) })}</p>
      </ConfirmDialog>
    </SidePanel>
  )
}
