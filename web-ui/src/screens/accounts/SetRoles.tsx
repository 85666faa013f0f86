import { useState } from 'react'
import { setRoles, type Account } from '../../api/accounts'
import { faultsOf, problemText } from '../../api/problem'
import type { AccountClass } from '../../api/roles'
import { t } from '../../i18n'
import { ConfirmDialog, format, toast } from '../../ui'
import { RolePicker } from './RolePicker'

const office: readonly AccountClass[] = ['administrator', 'staff']

type Props = { account: Account; busy: boolean; fault: unknown; act: (work: () => Promise<unknown>) => void; onClose: () => void }

/** The roles of one person: what is taken away goes at once, what is heavy waits for a second person. */
export function SetRoles({ account, busy, fault, act, onClose }: Props) {
  const [picked, setPicked] = useState(account.roles)
  const [reason, setReason] = useState('')
  const classes = office.includes(account.account_class) ? office : [account.account_class]
  const save = () => act(async () => {
    const { waiting } = await setRoles(account.id, { roles: picked, ...(reason.trim() && { reason: reason.trim() }) })
    toast('done', t(waiting ? 'accounts.roles_waits' : 'accounts.roles_done', { name: format.name(account.name) }))
  })
  return (
    <ConfirmDialog open title={t('accounts.roles_title')} action={t('action.save')} undo={t('accounts.roles_undo')} busy={busy || picked.length === 0} size="L"
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={save}>
      <p><b>{account.name}</b>　<span className="k-sub">{account.login_id}</span></p>
      <RolePicker classes={classes} picked={picked} held={account.roles} onPick={setPicked} reason={reason} onReason={setReason}
        faults={faultsOf(fault, 'roles')} reasonFaults={faultsOf(fault, 'reason')} />
    </ConfirmDialog>
  )
}
