import { describe, expect, it } from 'vitest'
import { passwordRules } from './password'

const all = (password: string, names: string[] = []) => Object.values(passwordRules(password, password, names)).every(Boolean)

describe('password rules while typing', () => {
  it('accepts a long sentence', () => expect(all('みなとの朝は潮のにおいがするねえ')).toBe(true))
  it('accepts a shorter one of three kinds of characters', () => {
    expect(all('Shio-Kaze7')).toBe(true)
    expect(all('shiokaze77')).toBe(false)
    expect(all('Shio-Kaz7')).toBe(false)
  })
  it('refuses obvious and repeating ones', () => {
    expect(all('aaaaaaaaaaaaaaaaaaaa')).toBe(false)
    expect(all('abcdefghijklmnopqrst')).toBe(false)
    expect(all('my-kuramori-is-fine')).toBe(false)
  })
  it('refuses names and their parts', () => {
    expect(all('sasaki.mari-is-my-id', ['sasaki.mari'])).toBe(false)
    expect(all('the-sasaki-of-the-port', ['sasaki.mari'])).toBe(false)
    expect(all('佐々木真理子の長い長い長い合言葉', ['佐々木　真理子'])).toBe(false)
    expect(all('the-abe-of-the-port', ['abe'])).toBe(true)
  })
  it('wants both entries equal', () => expect(passwordRules('a', 'b', []).match).toBe(false))
})
