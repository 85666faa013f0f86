import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { addException, endException, useHours, type ExceptionRow } from '../../api/access'
import { useAccounts } from '../../api/accounts'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Card, ConfirmDialog, Empty, FaPlusIcon, format, FormControl, Input, Select, Status, toast } from '../../ui'
import { boxOf, instantOf } from './words'

const evening = 4 * 3600

function Add({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const { data: lines = [] } = useAccounts()
  const now = Math.floor(Date.now() / 60_000) * 60
  const [who, setWho] = useState('')
  const [begins, setBegins] = useState(() => boxOf(now))
  const [ends, setEnds] = useState(() => boxOf(now + evening))
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await addException({ account_id: Number(who), begins: instantOf(begins) || 0, ends: instantOf(ends) || 0, reason })
      toast('done', t('access.exception_added'))
      await queries.invalidateQueries({ queryKey: ['access', 'hours'] })
      onClose()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  const active = lines.filter((l) => l.account.state !== 'disabled')
  return (
    <ConfirmDialog open title={t('access.exception_title')} action={t('access.exception_action')} undo={t('access.exception_undo')} busy={busy}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void save()}>
      <FormControl label={t('access.col.person')} errorMessages={faultsOf(fault, 'account_id')}>
        <Select width="100%" value={who} onChange={(e) => setWho(e.target.value)}
          options={[{ label: t('access.choose_person'), value: '' }, ...active.map((l) => ({ label: `${format.name(l.account.name)}（${l.account.login_id}）`, value: String(l.account.id) }))]} />
      </FormControl>
      <div className="pair">
        <FormControl label={t('access.col.begins')} errorMessages={faultsOf(fault, 'begins')}>
          <Input width="100%" type="datetime-local" value={begins} onChange={(e) => setBegins(e.target.value)} />
        </FormControl>
        <FormControl label={t('access.col.ends')} errorMessages={faultsOf(fault, 'ends')}>
          <Input width="100%" type="datetime-local" value={ends} onChange={(e) => setEnds(e.target.value)} />
        </FormControl>
      </div>
      <FormControl label={t('access.col.reason')} helpMessage={t('access.reason_help')} errorMessages={faultsOf(fault, 'reason')}>
        <Input width="100%" value={reason} onChange={(e) => setReason(e.target.value)} />
      </FormControl>
    </ConfirmDialog>
  )
}

/** Who may come outside of the hours, from when to when, and why. */
export function ExceptionsCard() {
  const queries = useQueryClient()
  const { data } = useHours()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<ExceptionRow>()
  const [fault, setFault] = useState<unknown>()
  const now = Date.now() / 1000
  const end = async () => {
    if (!ending) return
    try {
      await endException(ending.id)
      await queries.invalidateQueries({ queryKey: ['access', 'hours'] })
      setEnding(undefined)
    } catch (problem) {
      setFault(problem)
    }
  }
  const rows = data?.exceptions ?? []
  return (
    <Card title={t('access.exceptions')} id="access-exceptions" actions={<Button size="s" prefix={<FaPlusIcon />} onClick={() => setAdding(true)}>{t('access.exception_add')}</Button>}>
      <table className="k-table">
        <thead><tr><th>{t('access.col.person')}</th><th>{t('access.col.span')}</th><th>{t('access.col.reason')}</th><th>{t('access.col.allowed_by')}</th><th>{t('access.col.state')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
        <tbody>
          {rows.map((row) => {
            const over = row.ends <= now
            const running = !over && row.begins <= now
            return (
              <tr key={row.id}>
                <td className="k-nowrap k-strong">{format.name(row.account_name)}</td>
                <td className="k-nowrap">{t('access.span', { from: format.moment(row.begins), to: format.moment(row.ends) })}</td>
                <td>{row.reason}</td>
                <td className="k-nowrap">{format.name(row.allowed_by)}</td>
                <td><Status kind={over ? 'off' : running ? 'done' : 'wait'}>{t(over ? 'access.exception_over' : running ? 'access.exception_running' : 'access.exception_coming')}</Status></td>
                <td className="acts">{!over && <Button size="s" onClick={() => { setFault(undefined); setEnding(row) }}>{t('access.exception_end')}</Button>}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {data && rows.length === 0 && <Empty title={t('access.exceptions_none')}>{t('access.exceptions_none_help')}</Empty>}
      {adding && <Add onClose={() => setAdding(false)} />}
      <ConfirmDialog open={ending !== undefined} title={t('access.exception_end_title')} action={t('access.exception_end')} undo={t('access.exception_end_undo')}
        error={fault === undefined ? undefined : problemText(fault)} onClose={() => setEnding(undefined)} onDone={() => void end()}>
        <p>{t('access.exception_end_body', { name: format.name(ending?.account_name ?? '') })}</p>
      </ConfirmDialog>
    </Card>
  )
}
