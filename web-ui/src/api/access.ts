import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, newKey, post, put, remove } from './client'
import type { AccountClass } from './policies'

export type NetworkEntry = components['schemas']['NetworkEntry']
export type NetworkRow = components['schemas']['NetworkRow']
export type Networks = components['schemas']['Networks']
export type HoursOfClass = components['schemas']['HoursOfClass']
export type HoursMode = components['schemas']['HoursMode']
export type Window = components['schemas']['Window']
export type Day = components['schemas']['Day']
export type ExceptionRow = components['schemas']['ExceptionRow']

// 接続元: from which networks each class, and the people of single client companies, may come.
export const useNetworks = () => useQuery({ queryKey: ['access', 'networks'], queryFn: () => get('/api/v1/access/networks') })
export const useNetworksOfClient = (id: number | undefined) =>
  useQuery({
    queryKey: ['access', 'networks', id], enabled: id !== undefined,
    queryFn: () => get('/api/v1/clients/{client_id}/networks', { at: { client_id: id ?? 0 } }),
  })
/** `entries` null: back to the default. */
export const setNetworks = (account_class: AccountClass, entries: NetworkEntry[] | null, version: number, force: boolean) =>
  put('/api/v1/access/networks', { body: { account_class, entries, force }, version })
export const setNetworksOfClient = (client_id: number, entries: NetworkEntry[] | null, version: number) =>
  put('/api/v1/clients/{client_id}/networks', { at: { client_id }, body: { entries }, version })

// 利用時間
export const useHours = () => useQuery({ queryKey: ['access', 'hours'], queryFn: () => get('/api/v1/access/hours'), refetchInterval: 60_000 })
export const setHours = (account_class: AccountClass, mode: HoursMode, windows: Window[], version: number, force: boolean) =>
  put('/api/v1/access/hours', { body: { account_class, mode, windows, force }, version })
export const addException = (body: components['schemas']['ExceptionWish']) => post('/api/v1/access/exceptions', { body, key: newKey() })
export const endException = (exception_id: number) => remove('/api/v1/access/exceptions/{exception_id}', { at: { exception_id } })
