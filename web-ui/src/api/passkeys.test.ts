import { describe, expect, it } from 'vitest'
import { placeOf, refusalOf, toBytes, toText, usualName } from './passkeys'
import { Problem } from './problem'

describe('base64url', () => {
  it('carries every byte there and back, without padding', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    const text = toText(all.buffer)
    expect(text).toMatch(/^[\w-]+$/)
    expect(toBytes(text)).toEqual(all)
    expect(toText(Uint8Array.of(251, 255).buffer)).toBe('-_8')
    expect(toBytes('')).toEqual(new Uint8Array())
  })
})

describe('where passkeys work', () => {
  const page = { hostname: 'kuramori.example.jp', port: '8443' }
  it('is the name they are made for, in a browser that has them', () => {
    expect(placeOf('kuramori.example.jp', page, true)).toEqual({ state: 'ready', url: 'https://kuramori.example.jp:8443' })
    expect(placeOf('kuramori.example.jp', page, false).state).toBe('unable')
  })
  it('is told to whoever opened the page by address or by another name', () => {
    expect(placeOf('kuramori.example.jp', { hostname: '192.168.1.5', port: '' }, true)).toEqual({ state: 'elsewhere', url: 'https://kuramori.example.jp' })
    expect(placeOf('', page, true).state).toBe('nowhere')
  })
})

describe('a browser that gives no passkey', () => {
  it('is heard as a code that people have a sentence for', () => {
    const code = (name: string) => (refusalOf(new DOMException('', name)) as Problem).code
    expect(['NotAllowedError', 'SecurityError', 'InvalidStateError'].map(code)).toEqual(['passkey_cancelled', 'passkey_not_here', 'passkey_on_device'])
    const other = new Error('something else')
    expect(refusalOf(other)).toBe(other)
  })
})

describe('the usual name', () => {
  it('is the kind of the device', () => {
    expect(usualName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/131')).toBe('Windows')
    expect(usualName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe('iPhone')
    expect(usualName('something')).toBe('Passkey')
  })
})
