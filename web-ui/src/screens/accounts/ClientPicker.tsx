import { useState, type ReactNode } from 'react'
import { useAllClients } from '../../api/clients'
import { t } from '../../i18n'
import { Checkbox, ClientChip, Input, RadioButton, searchForm } from '../../ui'

type Props = {
  all: boolean; ids: number[]; onAll: (all: boolean) => void; onIds: (ids: number[]) => void
  /** other words, another group of radio buttons, and only these clients to choose from */
  name?: string; legend?: string; help?: ReactNode; allLabel?: string; someLabel?: string; among?: number[]
}

/** All clients, or a list of them with a filter row. */
export function ClientPicker({ all, ids, onAll, onIds, name = 'scope', legend = t('accounts.scope'), help, allLabel = t('accounts.all_clients'), someLabel = t('accounts.some_clients'), among }: Props) {
  const [text, setText] = useState('')
  const { data: clients = [] } = useAllClients()
  const shown = clients.filter((c) => (!among || among.includes(c.id)) && searchForm(`${c.code}${c.name}${c.name_kana}`).includes(searchForm(text)))
  const toggle = (id: number) => onIds(ids.includes(id) ? ids.filter((x) => x !== id) : [...ids, id])
  return (
    <fieldset className="pick">
      <legend>{legend}</legend>
      {help && <p className="k-sub">{help}</p>}
      <div className="k-row">
        <RadioButton name={name} checked={all} onChange={() => onAll(true)}>{allLabel}</RadioButton>
        <RadioButton name={name} checked={!all} onChange={() => onAll(false)}>{someLabel}</RadioButton>
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
