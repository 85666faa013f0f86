import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { components } from './schema'
import { address, download, get, post, put, remove, upload } from './client'
import { useJob } from './jobs'

type Schemas = components['schemas']
export type Import = Schemas['Import']
export type ImportColumn = Schemas['ImportColumn']
export type ImportField = Schemas['ImportField']
export type ImportCheck = Schemas['ImportCheck']
export type ImportRow = Schemas['ImportRow']
export type ImportFault = Schemas['ImportFault']
export type Show = 'all' | 'errors' | 'add' | 'update'

/** Employees come into one client's book, clients into the office. Everything else is the same. */
export type Door = { kind: 'employees'; clientId: number } | { kind: 'clients'; clientId?: undefined }

const path = (door: Door) => (door.kind === 'employees' ? '/api/v1/clients/{client_id}/imports' : '/api/v1/client-imports')
const at = (door: Door, id = 0) => ({ client_id: door.clientId ?? 0, import_id: id })
const keyOf = (door: Door) => ['imports', door.kind, door.clientId ?? 0] as const

const busy = (state: Import['state'] | undefined) => state === 'checking' || state === 'committing' || state === 'undoing'

export const useImports = (door: Door) =>
  useQuery({ queryKey: [...keyOf(door), 'list'], queryFn: async () => (await get(path(door), { at: at(door) })).imports })

export const useImportFields = (kind: Door['kind']) =>
  useQuery({ queryKey: ['import-fields', kind], queryFn: async () => (await get('/api/v1/import-fields', { query: { kind } })).fields, staleTime: Infinity })

/** An import as it goes, with its running job. What it has written elsewhere is asked for again when the job is over. */
export function useImport(door: Door, id: number) {
  const queries = useQueryClient()
  const asked = useQuery({
    queryKey: [...keyOf(door), id], queryFn: () => get(`${path(door)}/{import_id}`, { at: at(door, id) }),
    refetchInterval: (q) => (busy(q.state.data?.state) ? 5000 : false),
  })
  const running = busy(asked.data?.state)
  const job = useJob(running ? asked.data?.job_id ?? undefined : undefined, () => {
    void queries.invalidateQueries({ predicate: ({ queryKey: [area] }) => !['import-fields', 'help', 'session'].includes(String(area)) })
  })
  return { ...asked, running, job: running ? job : undefined }
}

export const useImportRows = (door: Door, id: number, show: Show, page: number, size: number) =>
  useQuery({
    queryKey: [...keyOf(door), id, 'rows', show, page, size], placeholderData: (before) => before,
    queryFn: () => get(`${path(door)}/{import_id}/rows`, { at: at(door, id), query: { show, page, size } }),
  })

export const uploadImport = (door: Door, file: File, onProgress: (sent: number) => void) =>
  upload<Import>(address(path(door), at(door)), file, { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name.normalize('NFC')) }, onProgress)

/** What changes an import; afterwards everything about it is asked for again. */
export function useImportSteps(door: Door) {
  const queries = useQueryClient()
  const fresh = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } finally {
      await queries.invalidateQueries({ queryKey: keyOf(door) })
    }
  }
  return {
    upload: (file: File, onProgress: (sent: number) => void) => fresh(uploadImport(door, file, onProgress)),
    check: (id: number, body: ImportCheck) => fresh(post(`${path(door)}/{import_id}/check`, { at: at(door, id), body })),
    commit: (id: number) => fresh(post(`${path(door)}/{import_id}/commit`, { at: at(door, id) })),
    undo: (id: number) => fresh(post(`${path(door)}/{import_id}/undo`, { at: at(door, id) })),
    drop: (id: number) => fresh(remove(`${path(door)}/{import_id}`, { at: at(door, id) })),
  }
}
export const fixRow = (door: Door, id: number, line: number, cells: Schemas['ImportCell'][]) =>
  put(`${path(door)}/{import_id}/rows/{line}`, { at: { ...at(door, id), line }, body: { cells } })
/** Counts and rows after a cell was corrected. */
export const useRecount = (door: Door, id: number) => {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: [...keyOf(door), id] })
}
export const downloadErrors = (door: Door, { id, file_name }: Import, name: string) =>
  download(address(`${path(door)}/{import_id}/errors`, at(door, id)), `${file_name.replace(/\.[^.]*$/, '')}_${name}.csv`)
