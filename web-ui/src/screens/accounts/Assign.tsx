import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { assignClients, useAssignment, type Account, type Assignment } from '../../api/accounts'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, toast } from '../../ui'
import { ClientPicker } from './ClientPicker'

export function Assign({ account, onClose }: { account: Account; onClose: () => void }) {
  const queries = useQueryClient()
  const { data } = useAssignment(account.id)
  const [wanted, setWanted] = useState<Assignment>()
  const [fault, setFault] = useState<unknown>()
  useEffect(() => { if (data) setWanted((now) => now ?? data) }, [data])
  const save = async () => {
    if (!wanted) return
    try {
      await assignClients(account.id, wanted)
      toast('done', t('accounts.assigned', { name: account.name }))
      await queries.invalidateQueries({ queryKey: ['assignment', account.id] })
      await queries.invalidateQueries({ queryKey: ['accounts'] })
      onClose()
    } catch (problem) {
      setFault(problem)
    }
  }
  return (
    <ConfirmDialog open title={t('accounts.assign_title')} action={t('action.save')} undo={t('accounts.assign_undo')} busy={!wanted}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void save()}>
      <p><b>{account.name}</b>　<span className="k-sub">{account.login_id}</span></p>
      {wanted && <ClientPicker all={wanted.all_clients} ids={wanted.client_ids} onAll={(all_clients) => setWanted({ ...wanted, all_clients })} onIds={(client_ids) => setWanted({ ...wanted, client_ids })} />}
    </ConfirmDialog>
  )
}
