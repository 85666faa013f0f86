import { useState } from 'react'
import { useAct } from '../../api/act'
import { createAccount, useAccounts, type Account } from '../../api/accounts'
import { useRoles, wordsOf } from '../../api/roles'
import { useMay, useSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, Empty, FaFileCsvIcon, FaPlusIcon, FaPrintIcon, Page } from '../../ui'
import { AccountDialogs, type What } from './AccountDialogs'
import { AccountRow } from './AccountRow'
import { AddAccount } from './AddAccount'
import { Assign } from './Assign'
import { CodeDialog, type Invited } from './CodeDialog'
import { EditAccount } from './EditAccount'
import { ImportAccounts } from './ImportAccounts'
import { LockoutsCard } from './LockoutsCard'
import { SetRoles } from './SetRoles'
import { SheetsDialog } from './SheetsDialog'
import './accounts.css'

type Asking = { what: 'add' | 'import' } | { what: 'sheets'; picked?: number[] } | { what: What; account: Account }

/** Who works in this office: add with a set-up code, assign clients, unlock, disable. */
export default function Accounts() {
  const session = useSession()
  const may = useMay()
  const matrix = useRoles()
  const nameOf = (key: string) => { const role = matrix?.roles.find((one) => one.role === key); return role ? wordsOf(role) : key }
  const { data: lines = [], isPending } = useAccounts()
  const [asking, setAsking] = useState<Asking>()
  const [invited, setInvited] = useState<Invited>()
  const { act, busy, fault, forget } = useAct(['accounts'], () => setAsking(undefined))
  const ask = (next?: Asking) => { setAsking(next); forget() }
  const about = asking && 'account' in asking ? asking : undefined
  const sheet = (id: number) => { setInvited(undefined); ask({ what: 'sheets', picked: [id] }) }
  return (
    <Page title={t('accounts.title')} sub={t('accounts.sub')} help="accounts"
      actions={may('account.manage') && <>
        <Button prefix={<FaPrintIcon />} onClick={() => ask({ what: 'sheets' })}>{t('accounts.sheets')}</Button>
        <Button prefix={<FaFileCsvIcon />} onClick={() => ask({ what: 'import' })}>{t('accounts.import')}</Button>
        <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => ask({ what: 'add' })}>{t('accounts.add')}</Button>
      </>}>
      <div className="k-card">
        <table className="k-table stick">
          <thead><tr><th>{t('accounts.col.name')}</th><th>{t('accounts.col.login_id')}</th><th>{t('accounts.col.role')}</th><th>{t('accounts.col.clients')}</th>
            <th>{t('accounts.col.last')}</th><th>{t('accounts.col.factor')}</th><th>{t('accounts.col.state')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
          <tbody>
            {lines.map((line) => (
              <AccountRow key={line.account.id} line={line} own={line.account.id === session.account_id} roles={line.account.roles.map(nameOf)}
                may={{ manage: may('account.manage'), assign: may('assignment.manage') }} onAsk={(what) => ask({ what, account: line.account })} onSheet={() => sheet(line.account.id)} />
            ))}
          </tbody>
        </table>
        {lines.length === 0 && !isPending && <Empty title={t('accounts.empty')} />}
      </div>
      <LockoutsCard accounts={lines.map((line) => line.account)} />
      {asking?.what === 'add' && <AddAccount busy={busy} fault={fault} onClose={() => ask()}
        onDone={(wanted) => act(async () => { setInvited(await createAccount(wanted)) })} />}
      {asking?.what === 'import' && <ImportAccounts onClose={() => ask()} />}
      {asking?.what === 'sheets' && <SheetsDialog accounts={lines.map((line) => line.account)} picked={asking.picked} onClose={() => ask()} />}
      {about?.what === 'edit' && <EditAccount account={about.account} busy={busy} fault={fault} act={act} onClose={() => ask()} />}
      {about?.what === 'roles' && <SetRoles account={about.account} busy={busy} fault={fault} act={act} onClose={() => ask()} />}
      {about?.what === 'assign' && <Assign account={about.account} onClose={() => ask()} />}
      <AccountDialogs what={about?.what} account={about?.account} busy={busy} fault={fault} act={act} onInvited={setInvited} onClose={() => ask()} />
      <CodeDialog invited={invited} onClose={() => setInvited(undefined)} onSheet={() => { if (invited) sheet(invited.account.id) }} />
    </Page>
  )
}
