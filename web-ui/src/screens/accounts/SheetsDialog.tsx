import { useState } from 'react'
import { useAct } from '../../api/act'
import { downloadSheets, type Account } from '../../api/accounts'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Checkbox, ConfirmDialog, toast } from '../../ui'

type Props = { accounts: Account[]; picked?: number[]; onClose: () => void }

/** 利用案内: a sheet of paper for each person who has not set up yet, with a new code on it. */
export function SheetsDialog({ accounts, picked, onClose }: Props) {
  const waiting = accounts.filter((one) => one.state === 'invited')
  const [ids, setIds] = useState(picked ?? waiting.map((one) => one.id))
  const { act, busy, fault } = useAct(['accounts'], onClose)
  const toggle = (id: number) => setIds(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id])
  const make = () => act(async () => { // a new code is a new version of the account
    await downloadSheets(ids, t('accounts.sheets_file'))
    toast('done', t('accounts.sheets_made', { n: ids.length }))
  })
  return (
    <ConfirmDialog open title={t('accounts.sheets_title')} action={t('accounts.sheets_action', { n: ids.length })} undo={t('accounts.sheets_undo')} busy={busy || ids.length === 0}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={make}>
      <p>{t('accounts.sheets_body')}</p>
      {waiting.length === 0 && <p className="k-sub">{t('accounts.sheets_none')}</p>}
      {waiting.length > 0 && (
        <fieldset className="pick">
          <legend>{t('accounts.sheets_whose')}</legend>
          <ul>
            {waiting.map((one) => (
              <li key={one.id}><Checkbox checked={ids.includes(one.id)} onChange={() => toggle(one.id)}>{one.name} <span className="k-sub">{one.login_id}</span></Checkbox></li>
            ))}
          </ul>
        </fieldset>
      )}
    </ConfirmDialog>
  )
}
