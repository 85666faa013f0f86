import { useAccounts } from '../../api/accounts'
import { isGuarded, isOwn, saysOf, wordsOf } from '../../api/roles'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import { Button, format, MoreMenu, type Choice } from '../../ui'
import type { Asking } from './Roles'
import { byPopulation, populationOf, type RoleMatrix } from './words'

/** Every role with whom it is for and how many have it. Built-in ones are read only; each can be copied. */
export function RoleList({ matrix, onAsk }: { matrix: RoleMatrix; onAsk: (asking: Asking) => void }) {
  const may = useMay()
  const { data: lines = [] } = useAccounts()
  return (
    <table className="k-table stick">
      <thead><tr><th>{t('roles.col.role')}</th><th>{t('roles.col.class')}</th><th>{t('roles.col.says')}</th><th className="k-num">{t('roles.col.rights')}</th><th className="k-num">{t('roles.col.people')}</th>
        <th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
      <tbody>
        {byPopulation(matrix.roles).map((role) => {
          const own = isOwn(role)
          const copy: Choice = { label: t('roles.copy'), act: () => onAsk({ what: 'new', from: role }) }
          const people = lines.filter((line) => line.account.state !== 'disabled' && line.account.roles.includes(role.role)).length
          return (
            <tr key={role.role}>
              <td className="k-nowrap k-strong">{wordsOf(role)} {own && <b className="role-tag">{t('roles.own')}</b>}</td>
              <td className="k-nowrap">{t(`roles.class.${role.account_class}`)}</td>
              <td className="two k-sub">{own ? t('roles.own_says') : saysOf(role)}{isGuarded(role, matrix.rights) && <span className="k-soon">（{t('roles.guarded_role')}）</span>}</td>
              <td className="k-num k-nowrap">{t('common.unit.items', { n: role.rights.length })}</td>
              <td className="k-num k-nowrap">{t('common.unit.people', { n: people })}</td>
              <td className="acts">
                {may('role.manage') && (own
                  ? <><Button size="s" onClick={() => onAsk({ what: 'change', role })}>{t('action.edit')}</Button>
                    <MoreMenu label={t('roles.more', { name: format.name(wordsOf(role)) })} choices={[copy, { label: t('action.delete'), act: () => onAsk({ what: 'remove', role }) }]} /></>
                  : populationOf(role) !== 'employee' && <Button size="s" onClick={copy.act}>{copy.label}</Button>)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
