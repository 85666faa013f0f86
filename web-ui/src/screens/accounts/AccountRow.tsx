import type { AccountLine } from '../../api/accounts'
import { t } from '../../i18n'
import { Button, format, MoreMenu, Status, type Choice, type StatusKind } from '../../ui'
import { deviceText } from '../own/words'
import type { What } from './AccountDialogs'

const states: Record<AccountLine['account']['state'], StatusKind> = { invited: 'doing', active: 'done', disabled: 'off' }

type Props = { line: AccountLine; own: boolean; roles: string[]; may: { manage: boolean; assign: boolean }; onAsk: (what: What) => void; onSheet: () => void }

export function AccountRow({ line: { account, second_factor, locked }, own, roles, may, onAsk, onSheet }: Props) {
  const choice = (what: What): Choice => ({ label: t(`accounts.${what}`), act: () => onAsk(what) })
  const more = !may.manage ? [] : [
    choice('edit'),
    ...(account.state !== 'disabled' ? [choice('roles')] : []),
    ...(!own ? [choice('invite')] : []),
    ...(account.state === 'invited' ? [{ label: t('accounts.sheet'), act: onSheet }] : []),
    ...(!own && second_factor ? [choice('factor_off')] : []),
    ...(!own && account.state !== 'disabled' ? [choice('disable')] : []),
    ...(!own && account.state !== 'active' ? [choice('delete')] : []),
  ]
  return (
    <tr>
      <td className="k-nowrap k-strong">{account.name}{own && <span className="k-sub">（{t('accounts.me')}）</span>}</td>
      <td className="k-nowrap">{account.login_id}</td>
      <td className="roles">{roles.join('・')}</td>
      <td className="k-nowrap">{account.all_clients ? t('accounts.all_clients') : t('accounts.some_clients')}</td>
      <td className="two">{account.last_sign_in_at ? <><span className="k-nowrap">{format.moment(account.last_sign_in_at)}</span>
        <div className="k-xs k-nowrap">{account.last_sign_in_address}　{deviceText(account.last_sign_in_device)}</div></> : <span className="k-sub">{t('accounts.never')}</span>}</td>
      <td><Status kind={second_factor ? 'done' : 'wait'}>{t(second_factor ? 'own.factor_on' : 'own.factor_off')}</Status></td>
      <td className="two"><Status kind={states[account.state]}>{t(`accounts.state.${account.state}`)}</Status>
        {account.ends_on && account.state !== 'disabled' && <div className="k-xs k-nowrap">{t('accounts.until', { day: format.day(account.ends_on) })}</div>}
        {locked && <div><Status kind="alert">{t('accounts.locked')}</Status></div>}</td>
      <td className="acts k-nowrap">
        {locked && may.manage && <Button size="s" onClick={() => onAsk('unlock')}>{t('accounts.unlock')}</Button>}
        {may.assign && account.account_class === 'staff' && account.state !== 'disabled' && <Button size="s" onClick={() => onAsk('assign')}>{t('accounts.assign')}</Button>}
        {more.length > 0 && <MoreMenu label={t('accounts.more', { name: format.name(account.name) })} choices={more} />}
      </td>
    </tr>
  )
}
