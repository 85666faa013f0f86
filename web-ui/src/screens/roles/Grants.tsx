import { useState } from 'react'
import { useAccounts } from '../../api/accounts'
import { isExpired, isWaiting, wordsOf, type Grant } from '../../api/roles'
import { useMay, useSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, Empty, format, Status, type StatusKind } from '../../ui'
import { GrantDialog, type Decision } from './GrantDialog'
import type { RoleMatrix } from './words'

const kinds: Record<Grant['state'], StatusKind> = { waiting: 'soon', approved: 'done', refused: 'alert', withdrawn: 'off' }

/** What a request changes, against what the person has now. */
export function changeOf(grant: Grant, held: string[], matrix: RoleMatrix) {
  const find = (keys: string[]) => keys.map((key) => { const role = matrix.roles.find((one) => one.role === key); return role ? wordsOf(role) : key })
  const rightsOf = (keys: string[]) => new Set(matrix.roles.filter((role) => keys.includes(role.role)).flatMap((role) => role.rights))
  const before = rightsOf(held)
  const after = rightsOf(grant.roles)
  return {
    added: find(grant.roles.filter((role) => !held.includes(role))),
    taken: find(held.filter((role) => !grant.roles.includes(role))),
    roles: find(grant.roles),
    heavy: matrix.rights.filter((facts) => facts.guarded && after.has(facts.right) && !before.has(facts.right)),
  }
}

/** 権限付与の申請: who is to get what, why, and what was decided. */
export function Grants({ matrix, grants }: { matrix: RoleMatrix; grants: Grant[] }) {
  const may = useMay()
  const me = useSession().account_id
  const { data: lines = [] } = useAccounts()
  const [asking, setAsking] = useState<{ decision: Decision; grant: Grant }>()
  const account = (id?: number | null) => lines.find((line) => line.account.id === id)?.account
  const nameOf = (id?: number | null) => format.name(account(id)?.name ?? t('roles.gone'))
  return (
    <>
      {grants.length === 0 && <Empty title={t('roles.grants_none')}>{t('roles.grants_none_do')}</Empty>}
      {grants.length > 0 && (
        <table className="k-table stick grants">
          <thead><tr><th>{t('roles.col.whom')}</th><th>{t('roles.col.what')}</th><th>{t('roles.col.why')}</th><th>{t('roles.col.asked')}</th><th>{t('roles.col.state')}</th>
            <th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
          <tbody>
            {grants.map((grant) => {
              const open = isWaiting(grant)
              const change = changeOf(grant, account(grant.account_id)?.roles ?? [], matrix)
              const mine = grant.requested_by === me
              return (
                <tr key={grant.id}>
                  <td className="k-strong two">{nameOf(grant.account_id)}</td>
                  <td className="two">{open && change.added.length > 0 ? t('roles.adds', { roles: change.added.join('・') }) : change.roles.join('・')}
                    {open && change.heavy.length > 0 && <div className="k-xs">{change.heavy.map(wordsOf).join('／')}</div>}</td>
                  <td className="two k-pre">{grant.reason}</td>
                  <td className="two"><span className="k-nowrap">{nameOf(grant.requested_by)}</span><div className="k-xs k-nowrap">{format.moment(grant.requested_at)}</div></td>
                  <td className="two">{isExpired(grant) ? <Status kind="off">{t('roles.state.expired')}</Status> : <Status kind={kinds[grant.state]}>{t(`roles.state.${grant.state}`)}</Status>}
                    {grant.decided_at != null && <div className="k-xs">{grant.decided_by != null && nameOf(grant.decided_by)} {format.moment(grant.decided_at)}</div>}
                    {grant.comment && <div className="k-xs k-pre">{t('roles.commented', { comment: grant.comment })}</div>}</td>
                  <td className="acts">
                    {open && mine && may('account.manage') && <Button size="s" onClick={() => setAsking({ decision: 'withdraw', grant })}>{t('roles.withdraw')}</Button>}
                    {open && !mine && may('grant.approve') && (grant.account_id === me ? <span className="k-xs">{t('roles.for_you')}</span> : <>
                      <Button size="s" onClick={() => setAsking({ decision: 'refuse', grant })}>{t('roles.refuse')}</Button>
                      <Button size="s" variant="primary" onClick={() => setAsking({ decision: 'approve', grant })}>{t('roles.approve')}</Button></>)}
                    {open && mine && !may('account.manage') && <span className="k-xs">{t('roles.yours')}</span>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {asking && <GrantDialog {...asking} who={nameOf(asking.grant.account_id)} by={nameOf(asking.grant.requested_by)}
        change={changeOf(asking.grant, account(asking.grant.account_id)?.roles ?? [], matrix)} onClose={() => setAsking(undefined)} />}
    </>
  )
}
