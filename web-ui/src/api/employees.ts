import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { components } from './schema'
import { get, newKey, post, put } from './client'
import { rememberWalk, walkOf } from './memory'

type Schemas = components['schemas']
export type Employee = Schemas['Employee']
export type EmployeeRow = Schemas['EmployeeListItem']
export type EmployeeSearch = Schemas['EmployeeSearch']
export type Ledger = Schemas['Ledger']
export type Relative = Schemas['Relative']
export type DatedVersions = Schemas['DatedVersions']

const list = '/api/v1/clients/{client_id}/employees'
const one = `${list}/{employee_id}` as const

const listQuery = (clientId: number, wanted: EmployeeSearch) => ({
  queryKey: ['employees', clientId, wanted] as const,
  queryFn: () => post(`${list}/search`, { at: { client_id: clientId }, body: wanted }),
})
export const useEmployees = (clientId: number, wanted: EmployeeSearch) => useQuery({ ...listQuery(clientId, wanted), placeholderData: keepPreviousData })

/** How many people are in a state. */
export const useHeadCount = (clientId: number, attendance: string) => useQuery(listQuery(clientId, { attendance, size: 1 })).data?.total
/** Departments in use, for filters and suggestions. */
export const useDepartments = (clientId: number) => useQuery({ ...listQuery(clientId, { attendance: 'present', size: 1 }), staleTime: 60_000 }).data?.departments ?? []

const employeeKey = (clientId: number, id: number) => ['employee', clientId, id] as const
/** A person's record, as it is today or as of a day. */
export const useEmployee = (clientId: number, id: number, asOf?: string) =>
  useQuery({
    queryKey: [...employeeKey(clientId, id), 'record', asOf ?? 'today'],
    queryFn: () => get(one, { at: { client_id: clientId, employee_id: id }, query: { as_of: asOf } }),
  })
export const useEmployeeHistory = (clientId: number, id: number) =>
  useQuery({ queryKey: [...employeeKey(clientId, id), 'history'], queryFn: async () => (await get(`${one}/history`, { at: { client_id: clientId, employee_id: id } })).items })

export const createEmployee = (clientId: number, body: Ledger) => post(list, { at: { client_id: clientId }, body, key: newKey() })
export const updateEmployee = (clientId: number, id: number, body: Ledger, version: number) => put(one, { at: { client_id: clientId, employee_id: id }, body, version })
export const retireEmployee = (clientId: number, { id, version }: Employee, body: Schemas['Retirement']) =>
  post(`${one}/retire`, { at: { client_id: clientId, employee_id: id }, body, version })
export const reinstateEmployee = (clientId: number, { id, version }: Employee) => post(`${one}/reinstate`, { at: { client_id: clientId, employee_id: id }, version })

export const removeVersion = (clientId: number, { id, version }: Employee, body: Schemas['VersionToRemove']) =>
  post(`${one}/remove-version`, { at: { client_id: clientId, employee_id: id }, body, version })

/** After a change of a person: the record and its history, the lists, the head counts. */
export async function employeeChanged(queries: QueryClient, clientId: number, id: number) {
  await Promise.all([employeeKey(clientId, id), ['employees', clientId], ['client', clientId], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
}

const wholeList: EmployeeSearch = { attendance: 'present', sort: 'number', page: 1, size: 200 }

export type Neighbours = { previous?: () => Promise<number | undefined>; next?: () => Promise<number | undefined> }
/** The people before and after one in that list, over the ends of its pages. */
export function useNeighbours(clientId: number, id: number): Neighbours {
  const queries = useQueryClient()
  const wanted = walkOf(clientId) ?? wholeList
  const { data } = useQuery(listQuery(clientId, wanted))
  const at = data?.employees.findIndex((row) => row.id === id) ?? -1
  if (!data || at < 0) return {}
  const turn = async (by: 1 | -1) => {
    const next = { ...wanted, page: data.page + by }
    const rows = (await queries.fetchQuery(listQuery(clientId, next))).employees
    rememberWalk(clientId, next)
    return (by === 1 ? rows[0] : rows.at(-1))?.id
  }
  const step = (by: 1 | -1) => {
    const row = data.employees[at + by]
    if (row) return () => Promise.resolve(row.id)
    const more = by === 1 ? data.page * data.size < data.total : data.page > 1
    return more ? () => turn(by) : undefined
  }
  return { previous: step(-1), next: step(1) }
}
