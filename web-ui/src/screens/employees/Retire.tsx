import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { employeeChanged, reinstateEmployee, retireEmployee, type Employee } from '../../api/employees'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, DateBox, format, FormControl, Input, isIsoDate, Note, toast, type ClientMark } from '../../ui'
import { nameOf } from './words'

type Props = { clientId: number; client: ClientMark; employee: Employee; open: boolean; onClose: () => void }

/** 退職 and its undoing. */
export function Retire({ clientId, client, employee, open, onClose }: Props) {
  const queries = useQueryClient()
  const [day, setDay] = useState(format.today())
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const back = employee.ledger.basic.attendance === 'retired'
  const name = nameOf(employee.ledger)
  const number = employee.ledger.basic.number
  const close = () => { setFault(undefined); onClose() }
  const act = async () => {
    setBusy(true)
    try {
      await (back ? reinstateEmployee(clientId, employee) : retireEmployee(clientId, employee, { retired_on: day, reason: reason.trim() || null }))
      toast('done', t(back ? 'reinstate.done' : 'retire.done', { name }))
      close()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
    await employeeChanged(queries, clientId, employee.id)
  }
  const error = fault === undefined ? undefined : problemText(fault)
  if (back) {
    return (
      <ConfirmDialog open={open} client={client} title={t('reinstate.title')} action={t('reinstate.action')} undo={t('reinstate.undo')} busy={busy} error={error} onClose={close} onDone={() => void act()}>
        <p>{t('reinstate.body', { name, number })}</p>
      </ConfirmDialog>
    )
  }
  return (
    <ConfirmDialog open={open} client={client} title={t('retire.title')} action={t('retire.action')} undo={t('retire.undo')} busy={busy || !isIsoDate(day)} error={error} onClose={close} onDone={() => void act()}>
      <p>{t('retire.body', { name, number })}</p>
      <div className="pair">
        <DateBox label={t('retire.day')} value={day} onChange={setDay} error={faultsOf(fault, 'retired_on')} />
        <FormControl label={t('retire.reason')} errorMessages={faultsOf(fault, 'retirement_reason')}><Input width="100%" autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} /></FormControl>
      </div>
      <Note>{t('retire.check')}</Note>
    </ConfirmDialog>
  )
}
