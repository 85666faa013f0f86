import { useState } from 'react'
import { useAllClients } from '../../api/clients'
import { t } from '../../i18n'
import { Checkbox, ClientChip, Input, RadioButton, searchForm } from '../../ui'

type Props = { all: boolean; ids: number[]; onAll: (all: boolean) => void; onIds: (ids: number[]) => void }

/** All clients, or a list of them with a filter row. */
export function ClientPicker({ all, ids, onAll, onIds }: Props) {
  const [text, setText] = useState('')
  const { data: clients = [] } = useAllClients()
  const shown = clients.filter((c) => searchForm(`${c.code}${c.name}${c.name_kana}`).includes(searchForm(text)))
  const toggle = (id: number) => onIds(ids.includes(id) ? ids.filter((x) => x !== id) : [...ids, id])
  return (
    <fieldset className="pick">
      <legend>{t('accounts.scope')}</legend>
      <div className="k-row">
        <RadioButton name="scope" checked={all} onChange={() => onAll(true)}>{t('accounts.all_clients')}</RadioButton>
        <RadioButton name="scope" checked={!all} onChange={() => onAll(false)}>{t('accounts.some_clients')}</RadioButton>
        {!all && <span className="k-sub k-push">{t('accounts.picked', { n: ids.length })}</span>}
      </div>
      {!all && (
        <>
          <Input aria-label={t('accounts.find_client')} width="100%" placeholder={t('accounts.find_client')} value={text} onChange={(e) => setText(e.target.value)} />
          <ul>
            {shown.map((c) => (
              <li key={c.id}><Checkbox checked={ids.includes(c.id)} onChange={() => toggle(c.id)}><ClientChip client={{ ...c, hue: c.colour + 1 }} /></Checkbox></li>
            ))}
          </ul>
        </>
      )}
    </fieldset>
  )
}
