import { describe, expect, it } from 'vitest'
import { passwordRules } from './password'

const all = (password: string, names: string[] = []) => Object.values(passwordRules(password, password, names)).every(Boolean)

describe('password rules while typing', () => {
  it('accepts a long sentence', () => expect(all('みなとの朝は潮のにおいがするねえ')).toBe(true))
  it('refuses short, obvious and repeating ones', () => {
    expect(all('short-password')).toBe(false)
    expect(all('aaaaaaaaaaaaaaaaaaaa')).toBe(false)
    expect(all('abcdefghijklmnopqrst')).toBe(false)
    expect(all('my-kuramori-is-fine')).toBe(false)
    expect(all('sasaki.mari-is-my-id', ['sasaki.mari'])).toBe(false)
  })
  it('wants both entries equal', () => expect(passwordRules('a', 'b', []).match).toBe(false))
})
