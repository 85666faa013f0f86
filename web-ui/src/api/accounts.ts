import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { address, download, downloadMade, get, newKey, post, put, remove, upload } from './client'

export type Account = components['schemas']['Account']
export type AccountLine = components['schemas']['AccountLine']
export type AccountImport = components['schemas']['AccountImport']
export type AccountFileRow = components['schemas']['AccountFileRow']
export type Lockout = components['schemas']['LockoutRow']
export type Assignment = components['schemas']['Assignment']

export const useAccounts = (enabled = true) => useQuery({ queryKey: ['accounts'], enabled, queryFn: async () => (await get('/api/v1/accounts')).accounts })
export const useLockouts = (page: number, size: number) =>
  useQuery({
    queryKey: ['accounts', 'lockouts', page, size], queryFn: () => get('/api/v1/lockouts', { query: { page, size } }), placeholderData: keepPreviousData,
  })
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
export const changeAccount = ({ id, version }: Account, body: components['schemas']['AccountChange']) =>
  put('/api/v1/accounts/{account_id}', { at: { account_id: id }, version, body })
/** For good: what stays is that the sign-in ID was once somebody's. */
export const deleteAccount = (id: number) => remove('/api/v1/accounts/{account_id}', { at: { account_id: id } })
export const importAccounts = (file: File, dryRun: boolean) =>
  upload<AccountImport>(address('/api/v1/account-imports', {}, { dry_run: dryRun }), file, {}, () => undefined)
export const downloadTemplate = (name: string) => download('/api/v1/account-imports/template', name)
/** New codes for these accounts, printed on a sheet each; the codes before are dead. */
export const downloadSheets = (ids: number[], name: string) => downloadMade('/api/v1/account-sheets', { account_ids: ids }, name)
