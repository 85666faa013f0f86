import { Link } from '@tanstack/react-router'
import { useOwnDevices } from '../../api/devices'
import { t } from '../../i18n'
import { Card, format, Status } from '../../ui'
import { daysLeft, stateKind, stateOf } from '../devices/words'

/** 端末証明書: which of this person's devices have one, and whether this browser shows it. */
export function DevicesCard() {
  const { data } = useOwnDevices()
  if (!data || (data.need === 'off' && data.certificates.length === 0)) return null
  return (
    <Card title={t('devices.own')} id="own-devices" count={t('own.session_count', { n: data.certificates.length })}
      actions={<Link className="k-sub" to="/help/$page" params={{ page: 'devices' }}>{t('devices.own_help')}</Link>}>
      {data.certificates.length === 0 ? <p className="in k-sub">{t(data.need === 'required' ? 'devices.own_none_required' : 'devices.own_none')}</p> : (
        <table className="k-table">
          <thead><tr><th>{t('devices.col.device')}</th><th>{t('devices.col.state')}</th><th>{t('devices.col.until')}</th><th>{t('devices.col.used')}</th></tr></thead>
          <tbody>
            {data.certificates.map((one) => {
              const state = stateOf(one)
              return (
                <tr key={one.id}>
                  <td><span className="k-row"><b className="k-clip">{one.device}</b>{one.id === data.this_one && <Status kind="done" pill>{t('own.this_device')}</Status>}</span></td>
                  <td className="k-nowrap"><Status kind={stateKind[state]}>{t(`devices.state.${state}`)}</Status></td>
                  <td className="k-nowrap">{format.day(one.expires_at)}{state === 'soon' && `（${t('devices.left', { n: daysLeft(one.expires_at) })}）`}</td>
                  <td className="k-nowrap">{one.last_used_at ? format.ago(one.last_used_at) : t('devices.never')}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}
