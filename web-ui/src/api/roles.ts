import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, post, put, remove } from './client'
import { language } from '../i18n'

export type Role = components['schemas']['Role']
export type RightFacts = components['schemas']['RightFacts']
export type RoleWish = components['schemas']['RoleWish']
export type AccountClass = components['schemas']['AccountClass']
export type Grant = components['schemas']['Grant']

/** The matrix: every right, every role, and whether heavy rights need two people. */
export const useRoles = () => useQuery({ queryKey: ['roles'], queryFn: () => get('/api/v1/roles'), staleTime: 60_000 }).data

export const wordsOf = (named: { ja: string; en: string }) => (language() === 'ja' ? named.ja : named.en)
export const saysOf = (role: Role) => (language() === 'ja' ? role.says : role.says_en)
/** A role with a right that a second administrator must approve. */
export const isGuarded = (role: Role, rights: RightFacts[]) => rights.some((facts) => facts.guarded && role.rights.includes(facts.right))

export const isOwn = (role: Role) => role.version > 0
const at = (role: Role) => ({ role_id: role.role.slice('own:'.length) })
export const createRole = (body: RoleWish) => post('/api/v1/roles', { body })
export const changeRole = (role: Role, body: RoleWish) => put('/api/v1/roles/{role_id}', { at: at(role), body, version: role.version })
export const removeRole = (role: Role) => remove('/api/v1/roles/{role_id}', { at: at(role) })

/** What an own role of a class may hold: what the built-in roles of that class have together; staff may reveal numbers, too. */
export function allowedFor(account_class: AccountClass, roles: Role[], rights: RightFacts[]): string[] {
  const all = rights.map((facts) => facts.right)
  if (account_class === 'administrator') return all
  const held = new Set(roles.filter((role) => !isOwn(role) && role.account_class === account_class).flatMap((role) => role.rights))
  return all.filter((right) => held.has(right) || (account_class === 'staff' && right === 'vault.reveal'))
}

const week = 7 * 86400
export const isExpired = (grant: Grant, now = Date.now() / 1000) => grant.state === 'waiting' && now - grant.requested_at >= week
export const isWaiting = (grant: Grant) => grant.state === 'waiting' && !isExpired(grant)

/** Requests for heavy rights, the waiting ones first. */
export const useGrants = () => useQuery({ queryKey: ['grants'], queryFn: async () => (await get('/api/v1/grants')).grants, refetchInterval: 60_000 })
export const approveGrant = (id: number, comment: string) => post('/api/v1/grants/{grant_id}/approve', { at: { grant_id: id }, body: { comment } })
export const refuseGrant = (id: number, comment: string) => post('/api/v1/grants/{grant_id}/refuse', { at: { grant_id: id }, body: { comment } })
export const withdrawGrant = (id: number) => post('/api/v1/grants/{grant_id}/withdraw', { at: { grant_id: id } })
