import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { assignClients, useAssignment, type Account, type Assignment } from '../../api/accounts'
import { problemText } from '../../api/problem'
import { useRoles } from '../../api/roles'
import { t } from '../../i18n'
import { ConfirmDialog, toast } from '../../ui'
import { isSpecific } from '../roles/words'
import { ClientPicker } from './ClientPicker'

/** Whether it is all of the person's clients: a choice of its own, so that clients added in this dialog are meant too. */
const isWhole = (of: Assignment) =>
  of.all_clients ? of.all_specific : of.client_ids.length > 0 && of.client_ids.every((id) => of.specific_client_ids.includes(id))

export function Assign({ account, onClose }: { account: Account; onClose: () => void }) {
  const queries = useQueryClient()
  const matrix = useRoles()
  const { data } = useAssignment(account.id)
  const [wanted, setWanted] = useState<Assignment>()
  const [whole, setWhole] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!data || wanted) return
    setWanted(data)
    setWhole(isWhole(data))
  }, [data, wanted])
  const handles = matrix?.roles.some((role) => account.roles.includes(role.role) && role.rights.some((right) => isSpecific({ right })))
  const save = async () => {
    if (!wanted) return
    setBusy(true)
    setFault(undefined)
    const mine = (ids: number[]) => ids.filter((id) => wanted.all_clients || wanted.client_ids.includes(id))
    const specific = whole ? (wanted.all_clients ? [] : wanted.client_ids) : mine(wanted.specific_client_ids)
    try {
      await assignClients(account.id, { ...wanted, all_specific: whole && wanted.all_clients, specific_client_ids: specific })
      toast('done', t('accounts.assigned', { name: account.name }))
      await queries.invalidateQueries({ queryKey: ['assignment', account.id] })
      await queries.invalidateQueries({ queryKey: ['accounts'] })
      await queries.invalidateQueries({ queryKey: ['account-ledger'] })
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  const set = (change: Partial<Assignment>) => wanted && setWanted({ ...wanted, ...change })
  return (
    <ConfirmDialog open title={t('accounts.assign_title')} action={t('action.save')} undo={t('accounts.assign_undo')} busy={busy || !wanted} size={handles ? 'L' : 'M'}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void save()}>
      <p><b>{account.name}</b>　<span className="k-sub">{account.login_id}</span></p>
      <div className={handles ? 'picks two-picks' : 'picks'}>
        {wanted && <ClientPicker all={wanted.all_clients} ids={wanted.client_ids} onAll={(all_clients) => set({ all_clients })} onIds={(client_ids) => set({ client_ids })} />}
        {wanted && handles && <ClientPicker name="specific" legend={t('accounts.specific')} help={t('accounts.specific_help')} allLabel={t('accounts.specific_all')} someLabel={t('accounts.specific_some')}
          all={whole} ids={wanted.specific_client_ids} among={wanted.all_clients ? undefined : wanted.client_ids} onAll={setWhole} onIds={(specific_client_ids) => set({ specific_client_ids })} />}
      </div>
    </ConfirmDialog>
  )
}
