import { isGuarded, saysOf, useRoles, wordsOf, type AccountClass, type Role } from '../../api/roles'
import { t } from '../../i18n'
import { Checkbox, FormControl, Input } from '../../ui'

type Props = {
  picked: string[]; onPick: (roles: string[]) => void; held?: string[]
  reason: string; onReason: (reason: string) => void; faults?: string[]; reasonFaults?: string[]
  /** Classes whose roles are offered; a person of the office never gets a client's. */
  classes: readonly AccountClass[]
}

const population = (role: Role) => (role.account_class === 'administrator' || role.account_class === 'staff' ? 'office' : role.account_class)

/** Roles to tick, each with what it is for; the reason is asked for when a second person has to approve. */
export function RolePicker({ picked, onPick, held = [], reason, onReason, faults, reasonFaults, classes }: Props) {
  const matrix = useRoles()
  if (!matrix) return null
  const offered = matrix.roles.filter((role) => classes.includes(role.account_class) && !role.lent)
  const waits = matrix.two_person && offered.some((role) => picked.includes(role.role) && !held.includes(role.role) && isGuarded(role, matrix.rights))
  const toggle = (name: string) => onPick(picked.includes(name) ? picked.filter((x) => x !== name) : [...picked, name])
  const groups = [...new Set(offered.map(population))]
  return (
    <>
      {groups.map((group) => (
        <fieldset className="pick roles" key={group}>
          <legend>{t(`accounts.class.${group}`)}</legend>
          {offered.filter((role) => population(role) === group).map((role) => (
            <Checkbox key={role.role} checked={picked.includes(role.role)} onChange={() => toggle(role.role)}>
              {wordsOf(role)} <span className="k-sub">{saysOf(role)}{matrix.two_person && isGuarded(role, matrix.rights) && `（${t('accounts.role_guarded')}）`}</span>
            </Checkbox>
          ))}
        </fieldset>
      ))}
      {faults && faults.length > 0 && <p className="k-fault" role="alert">{faults.join(' ')}</p>}
      {waits && (
        <FormControl label={t('accounts.reason')} helpMessage={t('accounts.reason_help')} errorMessages={reasonFaults}>
          <Input width="100%" value={reason} onChange={(e) => onReason(e.target.value)} />
        </FormControl>
      )}
    </>
  )
}
