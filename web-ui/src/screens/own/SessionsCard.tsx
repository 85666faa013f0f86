import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { endOtherSessions, endSession, useOwnSessions, type SessionRow } from '../../api/own'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Card, ConfirmDialog, format, Status, toast } from '../../ui'
import { deviceText } from './words'

/** ログイン中の端末: where this person is signed in; anything but this screen can be ended. */
export function SessionsCard() {
  const queries = useQueryClient()
  const { data: sessions = [] } = useOwnSessions()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const others = sessions.filter((session) => !session.current)
  const rows = [...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.used_at - a.used_at)
  const ask = (open: boolean) => { setAsking(open); setFault(undefined) }
  const done = async (text: string) => {
    toast('done', text)
    await queries.invalidateQueries({ queryKey: ['own'] })
  }
  const end = async (session: SessionRow) => {
    try {
      await endSession(session.id)
      await done(t('own.ended', { device: deviceText(session.device) }))
    } catch (problem) {
      toast('alert', problemText(problem))
      await queries.invalidateQueries({ queryKey: ['own'] })
    }
  }
  const endOthers = async () => {
    setBusy(true)
    try {
      await endOtherSessions()
      ask(false)
      await done(t('own.others_ended'))
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t('own.sessions')} id="own-sessions" count={t('own.session_count', { n: sessions.length })}
      actions={others.length > 0 && <Button size="s" onClick={() => ask(true)}>{t('own.end_others')}</Button>}>
      <table className="k-table">
        <thead><tr><th>{t('own.col.device')}</th><th>{t('own.col.address')}</th><th>{t('own.col.since')}</th><th>{t('own.col.used')}</th><th><span className="k-sr">{t('own.end')}</span></th></tr></thead>
        <tbody>
          {rows.map((session) => (
            <tr key={session.id}>
              <td><span className="k-row"><b className="k-clip">{deviceText(session.device)}</b>{session.current && <Status kind="done" pill>{t('own.this_device')}</Status>}</span></td>
              <td className="k-nowrap">{session.address}</td>
              <td className="k-nowrap">{format.moment(session.opened_at)}</td>
              <td className="k-nowrap">{session.current ? t('own.now') : format.ago(session.used_at)}</td>
              <td className="acts">{!session.current && <Button size="s" onClick={() => void end(session)}>{t('own.end')}<span className="k-sr">{t('own.end_which', { device: deviceText(session.device) })}</span></Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog open={asking} title={t('own.end_others_title')} action={t('own.end_others_action')} undo={t('own.end_others_undo')} busy={busy}
        error={fault === undefined ? undefined : problemText(fault)} onClose={() => ask(false)} onDone={() => void endOthers()}>
        <p>{t('own.end_others_body', { n: others.length })}</p>
        <ul className="ends">{others.map((session) => <li key={session.id}><b>{deviceText(session.device)}</b>　<span className="k-sub">{session.address}</span></li>)}</ul>
      </ConfirmDialog>
    </Card>
  )
}
