import { Link, useNavigate, type LinkProps } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useBackups } from '../../api/backups'
import { useHome } from '../../api/home'
import { isOver, jobsQuery, useJob, type Job } from '../../api/jobs'
import { useMay, useSession } from '../../api/session'
import { maybe, t } from '../../i18n'
import { Button, Card, ClientChip, Empty, Facts, FaFileCsvIcon, FaPlusIcon, format, Note, Page, Status } from '../../ui'
import { JobClient, jobKind, JobProgress, JobStatus } from '../jobs/JobBits'
import { daysLeftText, deviceText } from '../own/words'

const places: Record<string, LinkProps> = {
  no_backup_yet: { to: '/backups' }, backup_overdue: { to: '/backups' }, backup_damaged: { to: '/backups' }, backup_unproven: { to: '/backups' }, backup_same_device: { to: '/backups' },
  no_clients: { to: '/clients/new' }, grants_waiting: { to: '/roles', search: { tab: 'grants' } },
  account_review_open: { to: '/account-reviews' }, account_review_overdue: { to: '/account-reviews' },
  server_certificate_expires: { to: '/devices' }, authority_expires: { to: '/devices' }, device_authority_expires: { to: '/devices' }, devices_expire: { to: '/devices' },
  own_device_expires: { to: '/account' },
}

/** What to do next, what is running, whether the storehouse holds. */
export default function Home() {
  const session = useSession()
  const navigate = useNavigate()
  const may = useMay()
  const { data: home } = useHome()
  const previous = session.previous_sign_in
  return (
    <Page
      title={t('home.title', { day: format.weekday(Date.now() / 1000) })} help="start"
      sub={<>{previous ? t('home.previous', { at: `${format.weekday(previous.at)} ${format.clock(previous.at)}`, device: deviceText(previous.device), address: previous.address }) : t('home.previous_none')}
        {previous && '　'}{previous && <Link to="/help/$page" params={{ page: 'own-account' }}>{t('home.previous_unknown')}</Link>}</>}
      actions={may('client.create') && <>
        <Button prefix={<FaFileCsvIcon />} onClick={() => void navigate({ to: '/clients/import' })}>{t('nav.import_clients')}</Button>
        <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => void navigate({ to: '/clients/new' })}>{t('clients.new')}</Button></>}
    >
      {typeof session.password_days_left === 'number' && (
        <Note kind="soon">{daysLeftText(session.password_days_left)}{t('home.password_do')}<Link to="/account">{t('password.change')}</Link></Note>
      )}
      <div className="home">
        <div className="k-col"><Tasks /><LastJobs />
        </div>
        <div className="k-col">
          <Guard />
          <Card title={t('home.office')} id="h-of">
            <div className="in figures">
              <Link className="plain" to="/clients"><span>{t('home.clients')}</span><p><b>{home ? format.count(home.clients) : '–'}</b>{t('home.unit.companies')}</p></Link>
              {session.all_clients && <div><span>{t('home.employees')}</span><p><b>{home ? format.count(home.employees) : '–'}</b>{t('home.unit.people')}</p></div>}
            </div>
          </Card>
          <Card title={t('home.recent')} id="h-re">
            {home && home.recent_clients.length === 0 && <p className="in k-sub">{t('home.recent_none')}</p>}
            <ul className="recent">
              {home?.recent_clients.map((c) => (
                <li key={c.id}><Link className="plain" to="/clients/$clientId" params={{ clientId: String(c.id) }}>
                  <ClientChip client={{ ...c, hue: c.colour + 1 }} /></Link>
                  <Link className="k-sub" to="/clients/$clientId/employees" params={{ clientId: String(c.id) }}>{t('tabs.employees')}</Link></li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </Page>
  )
}

function Tasks() {
  const { data: home } = useHome()
  const tasks = [...(home?.tasks ?? [])].sort((a, b) => Number(b.urgent) - Number(a.urgent))
  const urgent = tasks.filter((task) => task.urgent).length
  return (
    <Card title={t('home.todo')} id="h-todo" count={home && t('common.unit.items', { n: tasks.length })} actions={urgent > 0 && <Status kind="alert">{t('home.urgent', { n: urgent })}</Status>}>
      {home && tasks.length === 0 && <Empty title={t('home.todo_none')}>{t('home.todo_none_do')}</Empty>}
      <ul className="todo">
        {tasks.map((task) => (
          <li key={task.code} className={task.urgent ? 'late' : ''}>
            <Status kind={task.urgent ? 'alert' : 'soon'}>{''}</Status>
            <div><b>{maybe(`home.task.${task.code}`, { count: task.count }) ?? t('home.task.other', { code: task.code })}</b>
              <p className="k-sub">{maybe(`home.task.${task.code}.do`, { count: task.count })}</p></div>
            {places[task.code] && <Link {...places[task.code]}>{t('home.task.open')}</Link>}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function LastJobs() {
  const { data: jobs = [] } = useQuery(jobsQuery)
  const running = jobs.filter((job) => !isOver(job))
  const list = [...running, ...jobs.filter(isOver)].slice(0, 6)
  return (
    <Card title={t('home.last_jobs')} id="h-jobs" actions={<>
      {running.length > 0 && <Status kind="doing">{t('top.running', { n: running.length })}</Status>}<Link className="k-sub" to="/jobs">{t('action.show_all')}</Link></>}>
      {list.length === 0 ? <p className="in k-sub">{t('home.jobs_none')}</p> : (
        <table className="k-table"><thead><tr><th>{t('jobs.col.at')}</th><th>{t('jobs.col.kind')}</th><th>{t('jobs.col.client')}</th><th>{t('jobs.col.state')}</th></tr></thead>
          <tbody>{list.map((job) => <JobRow key={job.id} job={job} />)}</tbody></table>
      )}
    </Card>
  )
}

function JobRow({ job }: { job: Job }) {
  const live = useJob(isOver(job) ? undefined : job.id) ?? job
  return (
    <tr><td className="k-nowrap">{format.moment(job.created_at)}</td>
      <td className="k-nowrap"><Link className="plain k-strong" to="/jobs" search={{ job: job.id }}>{jobKind(job.kind)}</Link></td>
      <td className="clip-cell"><JobClient id={job.client_id} /></td>
      <td>{live.state === 'running' ? <JobProgress job={live} /> : <JobStatus job={live} />}</td></tr>
  )
}

function Guard() {
  const may = useMay()
  const { data: home } = useHome()
  const { data: backups } = useBackups(may('backup.view'))
  const points = [...(backups?.restore_points ?? [])].sort((a, b) => a.finished_at - b.finished_at).slice(-14)
  const n = (state: string) => points.filter((p) => p.state === state).length
  const calm = home && !home.tasks.some((task) => task.code.startsWith('backup') || task.code === 'no_backup_yet')
  return (
    <Card className="proof" id="h-proof" title={<>{t('home.guard')}</>} actions={<>
      {home && <Status kind={calm ? 'done' : 'soon'} pill>{calm ? t('home.guard.ok') : t('home.guard.attention')}</Status>}
      {may('backup.view') && <Link className="k-sub" to="/backups">{t('action.detail')}</Link>}</>}>
      <div className="in">
        <p className="k-sub">{t('home.guard.proven')}</p>
        {home?.last_proven_at ? <p className="big">{format.ago(home.last_proven_at)}<span>{format.moment(home.last_proven_at)}</span></p>
          : <><p className="big none">{t('home.guard.unproven')}</p><p className="k-sub">{t('home.guard.unproven_do')}</p></>}
        {points.length > 0 && (
          <svg viewBox="0 0 294 26" className="strip" role="img" aria-label={t('home.guard.strip', { n: points.length, ok: n('verified'), open: n('complete'), bad: n('damaged') })}>
            {points.map((p, i) => <rect key={p.id} x={(14 - points.length + i) * 21} y={p.state === 'damaged' ? 0 : 4} width="15" height={p.state === 'damaged' ? 26 : 18} rx="2"
              fill={p.state === 'verified' ? '#6fa58e' : p.state === 'damaged' ? '#b3361b' : '#d9d3c7'} />)}
          </svg>
        )}
        <Facts slim rows={[
          [t('home.guard.backup'), home?.last_backup_at ? format.ago(home.last_backup_at) : t('backups.kpi.never')],
          ...(backups ? [[t('home.guard.next'), format.moment(backups.next_at)] as [string, string],
            [t('home.guard.generations'), `${points.length} ${t('backups.kpi.of', { n: backups.generations })}`] as [string, string]] : []),
        ]} />
      </div>
    </Card>
  )
}
