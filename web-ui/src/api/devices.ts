import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { download, get, post, put } from './client'

// 端末証明書 and サーバー証明書.
export type DeviceCertificate = components['schemas']['DeviceCertificate']
export type IssuedDevice = components['schemas']['IssuedDevice']
export type DevicePolicy = components['schemas']['DevicePolicy']
export type Need = components['schemas']['DeviceNeed']
export type RevokeReason = components['schemas']['RevokeReason']
export type ServerCertificate = components['schemas']['ServerCertificate']
export type CertificateInput = components['schemas']['CertificateInput']

export const useDevices = () => useQuery({ queryKey: ['devices', 'list'], queryFn: () => get('/api/v1/devices') })
export const issueDevice = (login_id: string, device: string) => post('/api/v1/devices', { body: { login_id, device } })
/** Works once: the daemon forgets the file when it has sent it. */
export const downloadDevice = (issued: IssuedDevice) =>
  download(`/api/v1/devices/downloads/${issued.download_id}`, `kuramori-${issued.certificate.login_id}-${issued.certificate.id}.p12`)
export const revokeDevice = (id: number, reason: RevokeReason) => post('/api/v1/devices/{device_id}/revoke', { at: { device_id: id }, body: { reason } })

export const useDevicePolicy = () => useQuery({ queryKey: ['devices', 'policy'], queryFn: () => get('/api/v1/devices/policy') })
export const setDevicePolicy = ({ version, ...body }: DevicePolicy) => put('/api/v1/devices/policy', { body, version })

export const useOwnDevices = () => useQuery({ queryKey: ['own', 'devices'], queryFn: () => get('/api/v1/own/devices') })

export const useServerCertificate = () => useQuery({ queryKey: ['server-certificate'], queryFn: () => get('/api/v1/server-certificate') })
export const requestServerCertificate = (names: string[]) => post('/api/v1/server-certificate/request', { body: { names } })
export const importServerCertificate = (body: CertificateInput) => put('/api/v1/server-certificate', { body })
export const renewServerCertificate = () => post('/api/v1/server-certificate/renew')
