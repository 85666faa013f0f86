import { useState } from 'react'
import { useHours } from '../../api/access'
import type { AccountClass } from '../../api/policies'
import { t } from '../../i18n'
import { Button, Card, Status } from '../../ui'
import { HoursDialog } from './HoursDialog'
import { hoursText } from './words'

/** 利用時間 of each class. */
export function HoursCard() {
  const { data } = useHours()
  const [editing, setEditing] = useState<AccountClass>()
  const hours = data?.hours.find((h) => h.account_class === editing)
  return (
    <Card title={t('access.hours')} id="access-hours">
      <p className="in tight k-sub">{t('access.hours_lead')}</p>
      <table className="k-table">
        <thead><tr><th>{t('access.col.who')}</th><th>{t('access.col.hours')}</th><th>{t('access.col.outside')}</th><th>{t('access.col.now')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
        <tbody>
          {data?.hours.map((h) => (
            <tr key={h.account_class}>
              <td className="k-nowrap k-strong">{t(`access.class.${h.account_class}`)}</td>
              <td>{hoursText(h)}</td>
              <td className="k-nowrap">{h.mode === 'off' ? <span className="k-sub">—</span> : t(`access.mode.${h.mode}`)}</td>
              <td><Status kind={h.within ? 'done' : 'off'}>{t(h.within ? 'access.now_in' : 'access.now_out')}</Status></td>
              <td className="acts"><Button size="s" onClick={() => setEditing(h.account_class)} aria-label={t('access.edit_hours_of', { who: t(`access.class.${h.account_class}`) })}>{t('action.edit')}</Button></td>
            </tr>
          ))}
        </tbody>
      </table>
      {hours && <HoursDialog hours={hours} onClose={() => setEditing(undefined)} />}
    </Card>
  )
}
