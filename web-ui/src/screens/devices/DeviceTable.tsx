import type { DeviceCertificate } from '../../api/devices'
import { t } from '../../i18n'
import { Button, format, Status } from '../../ui'
import { daysLeft, stateKind, stateOf } from './words'

type Props = { rows: DeviceCertificate[]; onRevoke: (device: DeviceCertificate) => void }

export const DeviceTable = ({ rows, onRevoke }: Props) => (
  <table className="k-table">
    <thead><tr><th>{t('devices.col.device')}</th><th>{t('devices.col.person')}</th><th>{t('devices.col.state')}</th><th>{t('devices.col.until')}</th>
      <th>{t('devices.col.used')}</th><th><span className="k-sr">{t('devices.revoke')}</span></th></tr></thead>
    <tbody>
      {rows.map((one) => {
        const state = stateOf(one)
        return (
          <tr key={one.id}>
            <td className="two"><b>{one.device}</b><div className="k-xs k-mono serial" title={one.serial}>{one.serial}</div></td>
            <td className="two k-nowrap">{format.name(one.account_name)}<div className="k-xs">{one.login_id}</div></td>
            <td className="two k-nowrap"><Status kind={stateKind[state]}>{t(`devices.state.${state}`)}</Status>
              {one.revoke_reason && <div className="k-xs">{t(`devices.reason.${one.revoke_reason}`)}</div>}</td>
            <td className="two k-nowrap">{format.day(one.expires_at)}{state === 'soon' && <div className="k-xs">{t('devices.left', { n: daysLeft(one.expires_at) })}</div>}
              {one.revoked_at && <div className="k-xs">{t('devices.revoked_on', { day: format.day(one.revoked_at) })}</div>}</td>
            <td className="k-nowrap">{one.last_used_at ? format.ago(one.last_used_at) : <span className="k-sub">{t('devices.never')}</span>}</td>
            <td className="acts">{!one.revoked_at && <Button size="s" onClick={() => onRevoke(one)}>{t('devices.revoke')}<span className="k-sr">{t('devices.which', { device: one.device })}</span></Button>}</td>
          </tr>
        )
      })}
    </tbody>
  </table>
)
