import { useState } from 'react'
import type { components } from '../../api/schema'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Input, RadioButton } from '../../ui'
import { ClientPicker } from './ClientPicker'

type NewAccount = components['schemas']['NewAccount']
type Props = { busy: boolean; fault: unknown; onClose: () => void; onDone: (wanted: NewAccount) => void }

export function AddAccount({ busy, fault, onClose, onDone }: Props) {
  const [wanted, setWanted] = useState<NewAccount>({ login_id: '', name: '', role: 'staff', all_clients: true, client_ids: [] })
  const set = (change: Partial<NewAccount>) => setWanted({ ...wanted, ...change })
  const ready = wanted.name.trim() !== '' && wanted.login_id !== ''
  return (
    <ConfirmDialog open title={t('accounts.add_title')} action={t('accounts.add_action')} undo={t('accounts.add_undo')} busy={busy || !ready}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => onDone({ ...wanted, name: wanted.name.trim() })}>
      <div className="pair">
        <FormControl label={t('setup.name')} errorMessages={faultsOf(fault, 'name')}><Input width="100%" autoComplete="off" value={wanted.name} onChange={(e) => set({ name: e.target.value })} /></FormControl>
        <FormControl label={t('setup.login_id')} errorMessages={faultsOf(fault, 'login_id')}>
          <Input width="100%" autoComplete="off" autoCapitalize="none" spellCheck={false} value={wanted.login_id} onChange={(e) => set({ login_id: e.target.value })} /></FormControl>
      </div>
      <fieldset className="pick">
        <legend>{t('accounts.col.role')}</legend>
        {(['staff', 'administrator'] as const).map((role) => (
          <RadioButton key={role} name="role" checked={wanted.role === role} onChange={() => set({ role, all_clients: role === 'administrator' ? true : wanted.all_clients })}>
            {t(`accounts.role.${role}`)} <span className="k-sub">{t(`accounts.role.${role}_help`)}</span>
          </RadioButton>
        ))}
      </fieldset>
      {wanted.role === 'staff' && <ClientPicker all={wanted.all_clients} ids={wanted.client_ids} onAll={(all_clients) => set({ all_clients })} onIds={(client_ids) => set({ client_ids })} />}
    </ConfirmDialog>
  )
}
