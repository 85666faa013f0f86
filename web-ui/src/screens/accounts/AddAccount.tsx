import { useState } from 'react'
import type { components } from '../../api/schema'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Input } from '../../ui'
import { useRoles } from '../../api/roles'
import { ClientPicker } from './ClientPicker'
import { RolePicker } from './RolePicker'

type AccountWish = components['schemas']['AccountWish']
type Props = { busy: boolean; fault: unknown; onClose: () => void; onDone: (wanted: AccountWish) => void }

export function AddAccount({ busy, fault, onClose, onDone }: Props) {
  const [wanted, setWanted] = useState<AccountWish>({ login_id: '', name: '', roles: ['staff'], all_clients: true, client_ids: [] })
  const set = (change: Partial<AccountWish>) => setWanted({ ...wanted, ...change })
  const ready = wanted.name.trim() !== '' && wanted.login_id !== '' && wanted.roles.length > 0
  const matrix = useRoles()
  const seesAll = matrix?.roles.some((role) => role.all_clients && wanted.roles.includes(role.role))
  return (
    <ConfirmDialog open title={t('accounts.add_title')} action={t('accounts.add_action')} undo={t('accounts.add_undo')} busy={busy || !ready}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => onDone({ ...wanted, name: wanted.name.trim() })}>
      <div className="pair">
        <FormControl label={t('setup.name')} errorMessages={faultsOf(fault, 'name')}><Input width="100%" autoComplete="off" value={wanted.name} onChange={(e) => set({ name: e.target.value })} /></FormControl>
        <FormControl label={t('setup.login_id')} errorMessages={faultsOf(fault, 'login_id')}>
          <Input width="100%" autoComplete="off" autoCapitalize="none" spellCheck={false} value={wanted.login_id} onChange={(e) => set({ login_id: e.target.value })} /></FormControl>
      </div>
      <RolePicker classes={['administrator', 'staff']} picked={wanted.roles} onPick={(roles) => set({ roles })} reason={wanted.reason ?? ''} onReason={(reason) => set({ reason })}
        faults={faultsOf(fault, 'roles')} reasonFaults={faultsOf(fault, 'reason')} />
      {!seesAll && <ClientPicker all={wanted.all_clients} ids={wanted.client_ids} onAll={(all_clients) => set({ all_clients })} onIds={(client_ids) => set({ client_ids })} />}
    </ConfirmDialog>
  )
}
