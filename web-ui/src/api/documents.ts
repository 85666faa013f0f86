import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { address, download, get, put, remove, upload } from './client'

export type Document = components['schemas']['Document']

const list = '/api/v1/clients/{client_id}/documents'
const one = '/api/v1/clients/{client_id}/documents/{document_id}'

export const documentsKey = (clientId: number) => ['documents', clientId] as const
/** Files of one employee, or of the whole client. */
export const useDocuments = (clientId: number, employeeId?: number) =>
  useQuery({
    queryKey: [...documentsKey(clientId), employeeId ?? 'all'],
    queryFn: () => get(list, { at: { client_id: clientId }, query: { employee_id: employeeId } }),
  })
export const changeDocument = (clientId: number, { id, version }: Document, body: components['schemas']['DocumentInput']) =>
  put(one, { at: { client_id: clientId, document_id: id }, body, version })
export const removeDocument = (clientId: number, { id, version }: Document) => remove(one, { at: { client_id: clientId, document_id: id }, version })
export const downloadDocument = (clientId: number, { id, name }: Document) =>
  download(address(`${one}/content`, { client_id: clientId, document_id: id }), name)

/** The file's name travels in a header: a URL would stay in logs. */
export const uploadDocument = (clientId: number, employeeId: number | undefined, file: File, onProgress: (sent: number) => void, signal: AbortSignal) =>
  upload<Document>(address(list, { client_id: clientId }), file, {
    'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name.normalize('NFC')),
    ...(employeeId === undefined ? {} : { 'X-Employee-Id': String(employeeId) }),
  }, onProgress, signal)
