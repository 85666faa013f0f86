import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { problemText } from '../../api/problem'
import { removeRole, wordsOf, type Role } from '../../api/roles'
import { t } from '../../i18n'
import { ConfirmDialog, toast } from '../../ui'

export function RemoveRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const queries = useQueryClient()
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    try {
      await removeRole(role)
      toast('done', t('roles.removed', { name: wordsOf(role) }))
      await queries.invalidateQueries({ queryKey: ['roles'] })
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open weight="checked" title={t('roles.remove_title')} action={t('action.delete')} undo={t('roles.remove_undo')} busy={busy}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void remove()}>
      <p>{t('roles.remove_body', { name: wordsOf(role) })}</p>
    </ConfirmDialog>
  )
}
