import { useState } from 'react'
import type { TokenWish } from '../../api/delegation'
import { faultsOf, problemText } from '../../api/problem'
import { useRoles, wordsOf } from '../../api/roles'
import { useSession } from '../../api/session'
import { t } from '../../i18n'
import { Checkbox, ConfirmDialog, FormControl, Input, Select, Textarea } from '../../ui'
import { ClientPicker } from '../accounts/ClientPicker'

type Props = { busy: boolean; fault: unknown; onClose: () => void; onDone: (wish: TokenWish) => void }

const days = [30, 90, 180, 366]

/** A new key: what for, what it may do, from where, and until when. */
export function MakeToken({ busy, fault, onClose, onDone }: Props) {
  const session = useSession()
  const matrix = useRoles()
  const [wish, setWish] = useState<TokenWish>({ name: '', rights: ['client.view', 'employee.view'], networks: [], all_clients: true, client_ids: [], days: 90 })
  const [networks, setNetworks] = useState('')
  const set = (change: Partial<TokenWish>) => setWish({ ...wish, ...change })
  const toggle = (right: string) => set({ rights: wish.rights.includes(right) ? wish.rights.filter((one) => one !== right) : [...wish.rights, right] })
  const offered = matrix?.rights.filter((facts) => facts.lendable && session.rights.includes(facts.right)) ?? []
  const rightsFaults = faultsOf(fault, 'rights')
  const send = () => onDone({ ...wish, name: wish.name.trim(), networks: networks.split(/[\s,、]+/).filter(Boolean) })
  return (
    <ConfirmDialog open title={t('tokens.make_title')} action={t('tokens.make_action')} undo={t('tokens.make_undo')} busy={busy} size="L"
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={send}>
      <FormControl label={t('tokens.name')} helpMessage={t('tokens.name_help')} errorMessages={faultsOf(fault, 'name')}><Input width="100%" value={wish.name} onChange={(e) => set({ name: e.target.value })} /></FormControl>
      <fieldset className="pick">
        <legend>{t('tokens.col.rights')}</legend>
        {offered.map((facts) => <Checkbox key={facts.right} checked={wish.rights.includes(facts.right)} onChange={() => toggle(facts.right)}>{wordsOf(facts)}</Checkbox>)}
        {rightsFaults && rightsFaults.length > 0 && <p className="k-fault" role="alert">{rightsFaults.join(' ')}</p>}
      </fieldset>
      <div className="pair">
        <FormControl label={t('tokens.networks')} helpMessage={t('tokens.networks_help')} errorMessages={faultsOf(fault, 'networks')}><Textarea width="100%" rows={3} value={networks} onChange={(e) => setNetworks(e.target.value)} /></FormControl>
        <FormControl label={t('tokens.days')} errorMessages={faultsOf(fault, 'days')}>
          <Select value={String(wish.days)} options={days.map((n) => ({ value: String(n), label: t('tokens.days_n', { n }) }))} onChange={(e) => set({ days: Number(e.currentTarget.value) })} />
        </FormControl>
      </div>
      <ClientPicker all={wish.all_clients} ids={wish.client_ids} onAll={(all_clients) => set({ all_clients })} onIds={(client_ids) => set({ client_ids })} />
    </ConfirmDialog>
  )
}
