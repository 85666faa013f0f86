import type { DeviceCertificate } from '../../api/devices'
import type { StatusKind } from '../../ui'

export type DeviceState = 'good' | 'soon' | 'expired' | 'revoked'

const warned = 60 * 86400 // as the daemon's first warning
export function stateOf(one: DeviceCertificate, now = Date.now() / 1000): DeviceState {
  if (one.revoked_at) return 'revoked'
  if (one.expires_at <= now) return 'expired'
  return one.expires_at - now <= warned ? 'soon' : 'good'
}
export const stateKind: Record<DeviceState, StatusKind> = { good: 'done', soon: 'soon', expired: 'alert', revoked: 'off' }

export const daysLeft = (at: number, now = Date.now() / 1000) => Math.max(0, Math.ceil((at - now) / 86400))
