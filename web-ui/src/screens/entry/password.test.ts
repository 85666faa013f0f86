import { describe, expect, it } from 'vitest'
import { order, passwordRules } from './password'

const unmet = (password: string, names: string[] = []) => {
  const rules = passwordRules(password, password, names)
  return order.filter((rule) => !rules[rule]).join(' ')
}

describe('password rules while typing', () => {
  it('accept a long sentence, and a short one of three kinds', () => {
    expect(unmet('みなとの朝は潮のにおいがするねえ')).toBe('')
    expect(unmet('umi7-yama4')).toBe('')
    expect(unmet('umi7-Yama '.repeat(12) + '12345678')).toBe('')
  })
  it('refuse short, plain and endless ones', () => {
    expect(unmet('umi7-Yama')).toBe('length')
    expect(unmet('umi7yama4k')).toBe('kinds')
    expect(unmet('umi7-Yama '.repeat(12) + '123456789')).toBe('length')
  })
  it('refuse obvious and repeating ones', () => {
    expect(unmet('aaaaaaaaaaaaaaaaaaaa')).toBe('variety')
    expect(unmet('abcdefghijklmnopqrst')).toBe('variety')
    expect(unmet('my-Kur@m0ri-is-fine')).toBe('name')
    expect(unmet('sasaki-is-my-id-7', ['sasaki.mari'])).toBe('name')
    expect(unmet('佐々木真理子の海の家の朝の言葉', ['佐々木　真理子'])).toBe('name')
    expect(unmet('abe-umi-Yama-7', ['abe', ''])).toBe('')
  })
  it('want as much as the office asks for', () => {
    const strict = { length: 12, kinds: 4, long_enough: 0 }
    expect(passwordRules('umi7-Yama4k', '', [], strict).length).toBe(false)
    expect(passwordRules('umi to yama to kawa', '', [], strict).kinds).toBe(false)
    expect(passwordRules('umi7-Yama4ka', '', [], strict).kinds).toBe(true)
  })
  it('want both entries equal', () => expect(passwordRules('a', 'b', []).match).toBe(false))
})
