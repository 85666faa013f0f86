import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { createAccount, disableAccount, inviteAgain, useAccounts, type Account } from '../../api/accounts'
import { problemText } from '../../api/problem'
import { useSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Empty, FaPlusIcon, format, Page, Status, toast, type StatusKind } from '../../ui'
import { AddAccount } from './AddAccount'
import { Assign } from './Assign'
import { CodeDialog, type Invited } from './CodeDialog'
import './accounts.css'

const states: Record<Account['state'], StatusKind> = { invited: 'doing', active: 'done', disabled: 'off' }
type Asking = { what: 'add' } | { what: 'invite' | 'disable' | 'assign'; account: Account }

/** Who works in this office: add with a set-up code, assign clients, disable. */
export default function Accounts() {
  const session = useSession()
  const queries = useQueryClient()
  const { data: accounts = [], isPending } = useAccounts()
  const [asking, setAsking] = useState<Asking>()
  const [invited, setInvited] = useState<Invited>()
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const ask = (next?: Asking) => { setAsking(next); setFault(undefined) }
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
      ask()
      await queries.invalidateQueries({ queryKey: ['accounts'] })
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  const about = asking && 'account' in asking ? asking.account : undefined
  const error = fault === undefined ? undefined : problemText(fault)
  return (
    <Page title={t('accounts.title')} sub={t('accounts.sub')} help="accounts"
      actions={<Button variant="primary" prefix={<FaPlusIcon />} onClick={() => ask({ what: 'add' })}>{t('accounts.add')}</Button>}>
      <div className="k-card">
        <table className="k-table stick">
          <thead><tr><th>{t('accounts.col.name')}</th><th>{t('accounts.col.login_id')}</th><th>{t('accounts.col.role')}</th><th>{t('accounts.col.clients')}</th>
            <th>{t('accounts.col.last')}</th><th>{t('accounts.col.state')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
          <tbody>
            {accounts.map((account) => {
              const own = account.id === session.account_id
              return (
                <tr key={account.id}>
                  <td className="k-nowrap k-strong">{account.name}{own && <span className="k-sub">（{t('accounts.me')}）</span>}</td>
                  <td className="k-nowrap">{account.login_id}</td>
                  <td>{t(`accounts.role.${account.role}`)}</td>
                  <td>{account.all_clients ? t('accounts.all_clients') : t('accounts.some_clients')}</td>
                  <td className="k-nowrap">{account.last_sign_in_at ? <>{format.moment(account.last_sign_in_at)} <span className="k-sub">{account.last_sign_in_address}</span></>
                    : <span className="k-sub">{t('accounts.never')}</span>}</td>
                  <td><Status kind={states[account.state]}>{t(`accounts.state.${account.state}`)}</Status></td>
                  <td className="acts k-nowrap">
                    {account.role === 'staff' && account.state !== 'disabled' && <Button size="s" onClick={() => ask({ what: 'assign', account })}>{t('accounts.assign')}</Button>}
                    {!own && <Button size="s" onClick={() => ask({ what: 'invite', account })}>{t('accounts.invite')}</Button>}
                    {!own && account.state !== 'disabled' && <Button size="s" onClick={() => ask({ what: 'disable', account })}>{t('accounts.disable')}</Button>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
        {accounts.length === 0 && !isPending && <Empty title={t('accounts.empty')} />}
      </div>
      {asking?.what === 'add' && <AddAccount busy={busy} fault={fault} onClose={() => ask()}
        onDone={(wanted) => void act(async () => { setInvited(await createAccount(wanted)) })} />}
      {asking?.what === 'assign' && about && <Assign account={about} onClose={() => ask()} />}
      <ConfirmDialog open={asking?.what === 'invite'} weight="checked" title={t('accounts.invite_title')} action={t('accounts.invite')} undo={t('accounts.invite_undo')}
        busy={busy} error={error} onClose={() => ask()} onDone={() => void act(async () => { if (about) setInvited(await inviteAgain(about.id)) })}>
        <p>{t('accounts.invite_body', { name: about?.name })}</p>
      </ConfirmDialog>
      <ConfirmDialog open={asking?.what === 'disable'} weight="checked" title={t('accounts.disable_title')} action={t('accounts.disable')} undo={t('accounts.disable_undo')}
        busy={busy} error={error} onClose={() => ask()}
        onDone={() => void act(async () => { if (about) { await disableAccount(about.id); toast('done', t('accounts.disabled', { name: about.name })) } })}>
        <p>{t('accounts.disable_body', { name: about?.name, login_id: about?.login_id })}</p>
      </ConfirmDialog>
      <CodeDialog invited={invited} onClose={() => setInvited(undefined)} />
    </Page>
  )
}
