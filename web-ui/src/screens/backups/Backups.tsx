import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { runBackup, useBackups, verifyBackup, type RestorePoint } from '../../api/backups'
import { useJob } from '../../api/jobs'
import { problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { maybe, t } from '../../i18n'
import { Button, Card, Empty, FaClockRotateLeftIcon, format, Note, Page, Status, toast } from '../../ui'
import { jobError, JobProgress } from '../jobs/JobBits'
import { PointsChart } from './PointsChart'

/** When can we go back to, and is it proven? Run, verify with progress, and what to do when the worst has happened. */
export default function Backups() {
  const may = useMay()
  const queries = useQueryClient()
  const { data, isPending, error } = useBackups()
  const [started, setStarted] = useState<{ job: number; point?: number }>()
  const [chosen, setChosen] = useState<number>()
  const watched = started?.job ?? data?.running_job ?? undefined
  const job = useJob(watched, (over) => {
    setStarted(undefined)
    void queries.invalidateQueries({ queryKey: ['backups'] })
    void queries.invalidateQueries({ queryKey: ['home'] })
    if (!started) return
    if (over.state === 'failed') toast('alert', t('backups.failed', { why: jobError(over.error ?? '') }))
    else if (over.state === 'done') toast('done', over.kind === 'backup' ? t('backups.ran') : t('backups.verified'))
  })
  const busy = job !== undefined && (job.state === 'running' || job.state === 'waiting')
  const start = async (point?: RestorePoint) => {
    try {
      const { job_id } = point ? await verifyBackup(point.id) : await runBackup()
      setStarted({ job: job_id, point: point?.id })
    } catch (fault) {
      toast('alert', problemText(fault))
    }
  }
  if (error) return <Page title={t('backups.title')}><Note kind="alert">{problemText(error)}</Note></Page>
  const points = [...(data?.restore_points ?? [])].sort((a, b) => b.finished_at - a.finished_at)
  const proven = points.filter((p) => p.state === 'verified').sort((a, b) => (b.verified_at ?? 0) - (a.verified_at ?? 0))[0]
  return (
    <Page
      title={t('backups.title')} help="backups"
      sub={proven ? <Status kind="done">{t('backups.proven', { at: `${format.weekday(proven.finished_at)}${format.clock(proven.finished_at)}` })}</Status>
        : data && <Status kind="soon">{t('backups.unproven')}</Status>}
      actions={may('backup.run') && <Button variant="primary" prefix={<FaClockRotateLeftIcon />} disabled={busy} onClick={() => void start()}>{t('backups.run')}</Button>}
    >
      {data?.last_fault && <Note kind="alert"><b>{t('backups.last_fault')}</b>　{jobError(data.last_fault)}</Note>}
      {data?.same_device && <Note kind="alert"><b>{t('backups.same_device')}</b>　{t('backups.same_device_do')}</Note>}
      {busy && job && (
        <div className="k-card running" role="status"><div className="in"><b>{job.kind === 'backup_verify' ? t('backups.verifying') : t('backups.running')}</b><JobProgress job={job} /></div></div>
      )}
      {data && (
        <section className="kpis" aria-label={t('backups.kpi')}>
          <Figure label={t('backups.kpi.last')} value={data.last_at ? format.ago(data.last_at) : t('backups.kpi.never')} note={data.last_at ? format.moment(data.last_at) : t('backups.empty')} />
          <Figure label={t('backups.kpi.proven')} value={data.last_proven_at ? format.ago(data.last_proven_at) : t('backups.kpi.never')}
            note={proven?.verify_seconds != null ? t('backups.kpi.proven_took', { time: format.duration(proven.verify_seconds) }) : t('backups.unproven')} />
          <Figure label={t('backups.kpi.next')} value={format.clock(data.next_at)} unit={format.weekday(data.next_at)} note={t('backups.kpi.next_note')} />
          <Figure label={t('backups.kpi.generations')} value={format.count(points.length)} unit={t('backups.kpi.of', { n: data.generations })} note={t('backups.kpi.free', { size: format.bytes(data.free_bytes) })} />
        </section>
      )}
      {points.length > 0 && (
        <Card title={t('backups.timeline')} id="b-tl" actions={
          <ul className="tl-legend"><li className="p">{t('backups.legend.daily')}</li><li className="g">{t('backups.legend.manual')}</li>
            <li className="t">{t('backups.legend.proven')}</li><li className="x">{t('backups.legend.damaged')}</li></ul>}>
          <div className="in tl"><PointsChart points={points} chosen={chosen} onChoose={setChosen} /></div>
        </Card>
      )}
      <Card title={t('backups.points')} id="b-pt" count={t('common.unit.items', { n: points.length })} actions={<small>{t('backups.latest_only')}</small>}>
        {points.length > 0 && <table className="k-table">
          <thead><tr><th>{t('backups.col.at')}</th><th>{t('backups.col.kind')}</th><th>{t('backups.col.scope')}</th><th className="k-num">{t('backups.col.bytes')}</th>
            <th className="k-num">{t('backups.col.took')}</th><th>{t('backups.col.state')}</th><th><span className="k-sr">{t('backups.verify')}</span></th></tr></thead>
          <tbody>
            {points.map((p) => (
              <tr key={p.id} aria-selected={p.id === chosen}>
                <td className="k-nowrap k-strong">{format.moment(p.finished_at)}</td>
                <td>{t(`backups.kind.${p.kind}`)}</td>
                <td className="k-nowrap k-sub">{t('backups.scope', { files: p.files, rows: p.rows, blobs: p.blobs })}</td>
                <td className="k-num">{format.bytes(p.bytes)}</td>
                <td className="k-num">{format.duration(p.finished_at - p.started_at)}</td>
                <td>{busy && started?.point === p.id ? <Status kind="doing">{t('backups.verifying')}</Status> : <PointState point={p} />}</td>
                <td className="k-num acts">{may('backup.run') && <Button size="s" disabled={busy} aria-label={`${format.moment(p.finished_at)} ${t('backups.verify')}`} onClick={() => void start(p)}>{t('backups.verify')}</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>}
        {points.length === 0 && !isPending && <Empty title={t('backups.empty')}>{t('backups.empty_do')}</Empty>}
      </Card>
      <Card title={t('backups.how')} id="b-how" actions={<><Link className="k-sub" to="/help/$page" params={{ page: 'restore' }}>{t('backups.how_more')}</Link>
        <Link className="k-sub" to="/help/$page" params={{ page: 'server-lost' }}>{t('backups.how_lost')}</Link></>}>
        <div className="in k-col how"><p>{t('backups.how_note')}</p>
          <dl className="k-dl"><dt>{t('backups.how_side')}</dt><dd><code className="k-mono">sudo kuramori restore --to /srv/kuramori-check</code></dd>
            <dt>{t('backups.how_place')}</dt><dd><code className="k-mono">sudo kuramori restore --in-place</code></dd>
            <dt>{t('backups.repository')}</dt><dd className="k-mono">{data?.repository}</dd></dl></div>
      </Card>
    </Page>
  )
}

const Figure = ({ label, value, unit, note }: { label: string; value: string; unit?: string; note: string }) => (
  <div><span>{label}</span><p><b>{value}</b>{unit}</p><small>{note}</small></div>
)

const PointState = ({ point }: { point: RestorePoint }) =>
  point.state === 'verified' ? (
    <Status kind="done">{t('backups.state.verified', { at: point.verified_at ? format.moment(point.verified_at) : '', time: format.duration(point.verify_seconds ?? 0) })}</Status>
  ) : point.state === 'damaged' ? (
    <span title={point.fault ?? undefined}><Status kind="alert">{t('backups.state.damaged')}</Status> <span className="k-sub">{point.fault && (maybe(`error.backup_${point.fault}`) ?? point.fault)}</span></span>
  ) : <Status kind="wait">{t('backups.state.complete')}</Status>
