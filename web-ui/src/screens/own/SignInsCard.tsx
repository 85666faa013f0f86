import { useEffect } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useSignIns } from '../../api/own'
import { t } from '../../i18n'
import { Card, Empty, format, Pager, Status } from '../../ui'
import { attemptKind, attemptText, deviceText, isFailure } from './words'

/** ログイン履歴: every attempt since the account exists, failures included. */
export function SignInsCard() {
  const { page = 1, size = 50 } = useSearch({ from: '/shell/screen/account' })
  const navigate = useNavigate({ from: '/account' })
  const { data } = useSignIns(page, size)
  const loaded = data !== undefined
  useEffect(() => {
    // the menu leads here, and what stands above has its height by now
    if (loaded && location.hash === '#history') document.getElementById('history')?.scrollIntoView()
  }, [loaded])
  return (
    <div id="history" className="own-anchor">
      <Card title={t('own.history')} id="own-history" count={data && t('common.unit.items', { n: data.total })}
        actions={<Link className="k-sub" to="/help/$page" params={{ page: 'own-account' }}>{t('home.previous_unknown')}</Link>}>
        <table className="k-table">
          <thead><tr><th>{t('own.col.at')}</th><th>{t('own.col.outcome')}</th><th>{t('own.col.address')}</th><th>{t('own.col.device')}</th></tr></thead>
          <tbody>
            {data?.sign_ins.map((attempt, i) => (
              <tr key={`${attempt.at}-${i}`} className={isFailure(attempt.outcome) ? 'late' : undefined}>
                <td className="k-nowrap">{format.exact(attempt.at)}</td>
                <td><Status kind={attemptKind[attempt.outcome]}>{attemptText(attempt)}</Status></td>
                <td className="k-nowrap">{attempt.address}</td>
                <td>{deviceText(attempt.device)}{attempt.certificate && <span className="k-sub"> {t('own.certificate', { serial: attempt.certificate })}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {data?.total === 0 && <Empty title={t('own.history_none')} />}
        {data && data.total > 0 && (
          <Pager total={data.total} page={page} size={size} onPage={(next) => void navigate({ search: (s) => ({ ...s, page: next }) })}
            onSize={(next) => void navigate({ search: { size: next } })} />
        )}
      </Card>
    </div>
  )
}
