import { useState } from 'react'
import { changeAccount, type Account } from '../../api/accounts'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, DateBox, format, FormControl, Input, isIsoDate, toast } from '../../ui'

type Props = { account: Account; busy: boolean; fault: unknown; act: (work: () => Promise<unknown>) => void; onClose: () => void }

/** Name and last day of one person. */
export function EditAccount({ account, busy, fault, act, onClose }: Props) {
  const [name, setName] = useState(account.name)
  const [endsOn, setEndsOn] = useState(account.ends_on ?? '')
  const ready = name.trim() !== '' && (endsOn === '' || isIsoDate(endsOn))
  const save = () => act(async () => {
    await changeAccount(account, { name: name.trim(), ends_on: endsOn || null })
    toast('done', t('accounts.edited', { name: format.name(name.trim()) }))
  })
  return (
    <ConfirmDialog open title={t('accounts.edit_title')} action={t('action.save')} undo={t('accounts.edit_undo')} busy={busy || !ready}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={save}>
      <p className="k-sub">{t('accounts.col.login_id')}：{account.login_id}</p>
      <div className="pair">
        <FormControl label={t('setup.name')} errorMessages={faultsOf(fault, 'name')}><Input width="100%" autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} /></FormControl>
        <DateBox label={t('accounts.ends_on')} value={endsOn} onChange={setEndsOn} error={faultsOf(fault, 'ends_on')?.join(' ')} />
      </div>
      <p className="k-sub">{t('accounts.ends_on_help')}</p>
    </ConfirmDialog>
  )
}
