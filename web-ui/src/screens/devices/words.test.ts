import { describe, expect, it } from 'vitest'
import type { DeviceCertificate } from '../../api/devices'
import { daysLeft, stateOf } from './words'

const now = 1_800_000_000
const day = 86400
const made = (change: Partial<DeviceCertificate>): DeviceCertificate => ({
  id: 1, serial: 'ab', issuer: 'cd', account_id: 1, login_id: 'sasaki', account_name: '佐々木', device: '受付PC', issued_at: now - day, expires_at: now + 398 * day, ...change,
})

describe('the state of a certificate', () => {
  it('is good until 60 days before its end', () => {
    expect(stateOf(made({}), now)).toBe('good')
    expect(stateOf(made({ expires_at: now + 60 * day + 1 }), now)).toBe('good')
    expect(stateOf(made({ expires_at: now + 60 * day }), now)).toBe('soon')
  })
  it('is over with its last second', () => {
    expect(stateOf(made({ expires_at: now + 1 }), now)).toBe('soon')
    expect(stateOf(made({ expires_at: now }), now)).toBe('expired')
  })
  it('is revoked whatever its dates say', () => {
    expect(stateOf(made({ revoked_at: now - 1, expires_at: now - 1 }), now)).toBe('revoked')
  })
  it('counts a day that has begun as one', () => {
    expect([daysLeft(now + 1, now), daysLeft(now + day, now), daysLeft(now - 1, now)]).toEqual([1, 1, 0])
  })
})
