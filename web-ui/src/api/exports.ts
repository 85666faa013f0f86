import type { components } from './schema'
import { address, download, post } from './client'

export type ExportRequest = components['schemas']['ExportRequest']
export type ExportResult = components['schemas']['ExportResult']
export type ExportDoor = { kind: 'employees'; clientId: number } | { kind: 'clients'; clientId?: undefined }

export const startExport = (door: ExportDoor, body: ExportRequest) =>
  door.kind === 'employees'
    ? post('/api/v1/clients/{client_id}/employee-exports', { at: { client_id: door.clientId }, body })
    : post('/api/v1/client-exports', { body: { encoding: body.encoding, unmappable: body.unmappable } })

export const downloadExport = (door: ExportDoor, id: number, name: string) =>
  download(
    door.kind === 'employees'
      ? address('/api/v1/clients/{client_id}/employee-exports/{export_id}', { client_id: door.clientId, export_id: id })
      : address('/api/v1/client-exports/{export_id}', { export_id: id }),
    name,
  )
