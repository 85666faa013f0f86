import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, newKey, post, put, remove } from './client'

export type Account = components['schemas']['Account']
export type AccountLine = components['schemas']['AccountLine']
export type Assignment = components['schemas']['Assignment']

export const useAccounts = (enabled = true) => useQuery({ queryKey: ['accounts'], enabled, queryFn: async () => (await get('/api/v1/accounts')).accounts })
export const useAssignment = (id: number | undefined) =>
  useQuery({
    queryKey: ['assignment', id], enabled: id !== undefined,
    queryFn: () => get('/api/v1/accounts/{account_id}/clients', { at: { account_id: id ?? 0 } }),
  })
export const createAccount = (body: components['schemas']['AccountWish']) => post('/api/v1/accounts', { body, key: newKey() })
export const inviteAgain = (id: number) => post('/api/v1/accounts/{account_id}/invite', { at: { account_id: id } })
export const disableAccount = (id: number) => post('/api/v1/accounts/{account_id}/disable', { at: { account_id: id } })
export const unlockAccount = (id: number) => post('/api/v1/accounts/{account_id}/unlock', { at: { account_id: id } })
/** The phone is lost: the person enrols anew at the next sign-in. */
export const removeSecondFactorOf = (id: number) => remove('/api/v1/accounts/{account_id}/second-factor', { at: { account_id: id } })
export const assignClients = (id: number, body: Assignment) => put('/api/v1/accounts/{account_id}/clients', { at: { account_id: id }, body })
export const setRoles = (id: number, body: components['schemas']['RolesWish']) => put('/api/v1/accounts/{account_id}/roles', { at: { account_id: id }, body })
