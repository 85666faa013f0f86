import { describe, expect, it } from 'vitest'
import { sameName, searchForm, toAsciiNumber, toKatakana } from './kana'

describe('folding of typed text', () => {
  it('makes full-width katakana of hiragana and half-width kana', () => {
    expect(toKatakana('いがらし ｿｳﾀ')).toBe('イガラシ ソウタ')
    expect(toKatakana('ｶﾞｷﾞｸﾞﾊﾟ')).toBe('ガギグパ')
    expect(toKatakana('髙﨑ABC')).toBe('髙﨑ABC')
  })
  it('makes plain numbers of full-width digits and of every hyphen', () => {
    expect(toAsciiNumber('１４３－００１６')).toBe('143-0016')
    for (const hyphen of '‐‑‒–—−－ー') expect(toAsciiNumber(`03${hyphen}5711`)).toBe('03-5711')
    expect(toAsciiNumber(' ０９０ ')).toBe('090')
  })
  it('finds screens by hiragana', () => {
    expect(searchForm('ばっくあっぷ')).toBe(searchForm('バックアップ'))
  })
  it('takes variants of one name for the same in a confirmation only', () => {
    expect(sameName('株式会社高崎製作所', '株式会社髙﨑製作所')).toBe(true)
    expect(sameName('㈱高崎 製作所', '株式会社髙﨑製作所')).toBe(true)
    expect(sameName('株式会社高崎製作', '株式会社髙﨑製作所')).toBe(false)
  })
})
