import { useState } from 'react'
import { useLockouts, type Account, type Lockout } from '../../api/accounts'
import { t } from '../../i18n'
import { Card, Empty, format, Pager, Status, type StatusKind } from '../../ui'

const kinds: Record<Lockout['event'], StatusKind> = { locked: 'alert', expired: 'off', released: 'done' }

/** ロックアウトの記録: whose name was locked, until when, from where, and how it ended. */
export function LockoutsCard({ accounts }: { accounts: Account[] }) {
  const [page, setPage] = useState(1)
  const [size, setSize] = useState(20)
  const { data } = useLockouts(page, size)
  const whose = (id: number | null | undefined) => accounts.find((one) => one.id === id)
  const nameOf = (id: number | null | undefined) => {
    const account = whose(id)
    return account ? `${account.name}（${account.login_id}）` : t(id ? 'accounts.locks.gone' : 'accounts.locks.unknown')
  }
  const actorOf = (actor: string) => {
    const account = whose(Number(/^account:(\d+)$/.exec(actor)?.[1]))
    return account ? account.name : t('accounts.locks.console')
  }
  return (
    <Card title={t('accounts.locks.title')} id="lockouts" count={data && t('common.unit.items', { n: data.total })}>
      <table className="k-table">
        <thead><tr><th>{t('own.col.at')}</th><th>{t('accounts.col.name')}</th><th>{t('accounts.locks.what')}</th><th>{t('own.col.address')}</th></tr></thead>
        <tbody>
          {data?.lockouts.map((row, i) => (
            <tr key={`${row.at}-${i}`} className={row.event === 'locked' ? 'late' : undefined}>
              <td className="k-nowrap">{format.exact(row.at)}</td>
              <td>{nameOf(row.account_id)}</td>
              <td><Status kind={kinds[row.event]}>{t(`accounts.locks.${row.event}`)}</Status>
                {row.until != null && <span className="k-sub"> {t('accounts.locks.until', { time: format.exact(row.until) })}</span>}
                {row.event === 'released' && <span className="k-sub"> {actorOf(row.actor)}</span>}</td>
              <td className="k-nowrap">{row.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data?.total === 0 && <Empty title={t('accounts.locks.none')} />}
      {data && data.total > size && <Pager total={data.total} page={page} size={size} onPage={setPage} onSize={(next) => { setSize(next); setPage(1) }} />}
    </Card>
  )
}
