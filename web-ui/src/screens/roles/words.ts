import type { components } from '../../api/schema'
import type { RightFacts, Role } from '../../api/roles'
import { maybe } from '../../i18n'

export type RoleMatrix = components['schemas']['RoleList']

export const groupTitle = (group: string) => maybe(`roles.group.${group}`) ?? group
/** 特定個人情報: rights over individual numbers are a data class of their own. */
export const isSpecific = (facts: { right: string }) => facts.right.startsWith('vault.')
export const inGroups = (rights: RightFacts[]) => [...new Set(rights.map((facts) => facts.group))].map((group) => ({ group, rights: rights.filter((facts) => facts.group === group) }))
/** The populations that never mix, in the order of the matrix. */
export const populations = ['office', 'client', 'employee'] as const
export const populationOf = (role: Role): (typeof populations)[number] =>
  role.account_class === 'client' || role.account_class === 'employee' ? role.account_class : 'office'
export const byPopulation = (roles: Role[]) => populations.flatMap((of) => roles.filter((role) => populationOf(role) === of))
