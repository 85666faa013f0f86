import { useState } from 'react'
import type { SupportWish } from '../../api/delegation'
import { useAllClients } from '../../api/clients'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Input, RadioButton, Select } from '../../ui'

type Props = { busy: boolean; fault: unknown; onClose: () => void; onDone: (wish: SupportWish) => void }

const hours = [1, 2, 4, 8, 12, 23]

/** The request: who comes, why, for how long, and what they may look at. */
export function AskSupport({ busy, fault, onClose, onDone }: Props) {
  const { data: clients = [] } = useAllClients()
  const [wish, setWish] = useState<SupportWish>({ ticket: '', helper: '', purpose: '', hours: 2 })
  const [one, setOne] = useState(false)
  const set = (change: Partial<SupportWish>) => setWish({ ...wish, ...change })
  const faults = (field: string) => faultsOf(fault, field)
  const send = () => onDone(one ? wish : { ...wish, client_id: undefined, consent: undefined })
  return (
    <ConfirmDialog open title={t('support.ask_title')} action={t('support.ask_action')} undo={t('support.ask_undo')} busy={busy} size="L"
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={send}>
      <div className="pair">
        <FormControl label={t('support.helper')} helpMessage={t('support.helper_help')} errorMessages={faults('helper')}><Input width="100%" value={wish.helper} onChange={(e) => set({ helper: e.target.value })} /></FormControl>
        <FormControl label={t('support.ticket')} helpMessage={t('support.ticket_help')} errorMessages={faults('ticket')}><Input width="100%" value={wish.ticket} onChange={(e) => set({ ticket: e.target.value })} /></FormControl>
      </div>
      <FormControl label={t('support.purpose')} errorMessages={faults('purpose')}><Input width="100%" value={wish.purpose} onChange={(e) => set({ purpose: e.target.value })} /></FormControl>
      <FormControl label={t('support.length')} helpMessage={t('support.length_help')} errorMessages={faults('hours')}>
        <Select value={String(wish.hours)} options={hours.map((n) => ({ value: String(n), label: t('support.hours', { n }) }))} onChange={(e) => set({ hours: Number(e.currentTarget.value) })} />
      </FormControl>
      <fieldset className="pick">
        <legend>{t('support.col.scope')}</legend>
        <RadioButton name="support-scope" checked={!one} onChange={() => setOne(false)}>{t('support.machine')} <span className="k-sub">{t('support.machine_help')}</span></RadioButton>
        <RadioButton name="support-scope" checked={one} onChange={() => { setOne(true); set({ client_id: wish.client_id ?? clients[0]?.id }) }}>{t('support.one_client')} <span className="k-sub">{t('support.one_client_help')}</span></RadioButton>
      </fieldset>
      {one && (
        <>
          <FormControl label={t('support.client')} errorMessages={faults('client_id')}>
            <Select width="100%" value={String(wish.client_id ?? '')} options={clients.map((c) => ({ value: String(c.id), label: `${c.code}　${c.name}` }))} onChange={(e) => set({ client_id: Number(e.currentTarget.value) })} />
          </FormControl>
          <FormControl label={t('support.consent')} helpMessage={t('support.consent_help')} errorMessages={faults('consent')}><Input width="100%" value={wish.consent ?? ''} onChange={(e) => set({ consent: e.target.value })} /></FormControl>
        </>
      )}
    </ConfirmDialog>
  )
}
