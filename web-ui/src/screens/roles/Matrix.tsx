import { Fragment } from 'react'
import { isOwn, wordsOf, type RightFacts, type Role } from '../../api/roles'
import { t } from '../../i18n'
import { byPopulation, groupTitle, inGroups, isSpecific, populationOf, populations, type RoleMatrix } from './words'

/** Rights down, roles across; both heads stay in sight. */
export function Matrix({ matrix }: { matrix: RoleMatrix }) {
  const roles = byPopulation(matrix.roles)
  const width = roles.length + 1
  return (
    <>
      <p className="matrix-key k-sub">
        <span><i className="dot" aria-hidden="true" />{t('roles.key.has')}</span>
        <span><i className="dot heavy" aria-hidden="true" />{t('roles.key.guarded')}</span>
        <span><b className="role-tag specific">{t('roles.specific')}</b>{t('roles.key.specific')}</span>
        <span><b className="role-tag">{t('roles.own')}</b>{t('roles.key.own')}</span>
      </p>
      <div className="matrix" role="region" aria-label={t('roles.matrix')} tabIndex={0}>
        <table>
          <thead>
            <tr className="of">
              <th rowSpan={2} scope="col" className="right">{t('roles.col.right')}</th>
              {populations.map((of) => {
                const n = roles.filter((role) => populationOf(role) === of).length
                return n > 0 && <th key={of} colSpan={n} scope="colgroup">{t(`roles.of.${of}`)}</th>
              })}
            </tr>
            <tr className="names">
              {roles.map((role) => <th key={role.role} scope="col" title={wordsOf(role)}><span>{wordsOf(role)}</span>{isOwn(role) && <b className="role-tag">{t('roles.own')}</b>}</th>)}
            </tr>
          </thead>
          <tbody>
            {inGroups(matrix.rights).map(({ group, rights }) => (
              <Fragment key={group}>
                <tr className="group"><th scope="rowgroup" colSpan={width}>{groupTitle(group)}</th></tr>
                {rights.map((facts) => <Row key={facts.right} facts={facts} roles={roles} />)}
              </Fragment>
            ))}
            <tr className="group"><th scope="rowgroup" colSpan={width}>{t('roles.data')}</th></tr>
            <tr><th scope="row" className="right">{t('roles.clients')}</th>
              {roles.map((role) => <td key={role.role} className="k-xs">{t(populationOf(role) !== 'office' ? 'roles.clients.own' : role.all_clients ? 'roles.clients.all' : 'roles.clients.assigned')}</td>)}</tr>
          </tbody>
        </table>
      </div>
    </>
  )
}

const Row = ({ facts, roles }: { facts: RightFacts; roles: Role[] }) => (
  <tr>
    <th scope="row" className="right">{wordsOf(facts)}{isSpecific(facts) && <b className="role-tag specific">{t('roles.specific')}</b>}
      {facts.guarded && <b className="role-tag heavy">{t('roles.guarded')}</b>}</th>
    {roles.map((role) => (
      <td key={role.role}>{role.rights.includes(facts.right) && <><i className={facts.guarded ? 'dot heavy' : 'dot'} aria-hidden="true" /><span className="k-sr">{t('roles.has')}</span></>}</td>
    ))}
  </tr>
)
