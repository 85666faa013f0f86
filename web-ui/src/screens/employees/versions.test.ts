import { describe, expect, it } from 'vitest'
import type { DatedVersions } from '../../api/employees'
import { ledgerSpec } from './ledger'
import { effectOf, inForce, timeline } from './versions'

const pay = (valid_from: string, health_standard: number) => ({ valid_from, pay_type: 'monthly' as const, health_standard })
const remunerations = [pay('2026-12-01', 410000), pay('2026-09-01', 380000), pay('2012-04-01', 360000)]
const versions: DatedVersions = {
  names: [{ valid_from: '2012-04-01', last_name: '髙﨑', first_name: '祐太朗', last_kana: 'タカサキ', first_kana: 'ユウタロウ' }], addresses: [], employments: [], remunerations,
}
const today = '2026-11-20'

describe('versions of dated sections', () => {
  it('has the newest that has begun in force, else the first to come', () => {
    expect(inForce(remunerations, today)).toBe('2026-09-01')
    expect(inForce(remunerations, '2000-01-01')).toBe('2012-04-01')
    expect(inForce([], today)).toBeUndefined()
  })
  it('lists all of them, newest first, with what each changed', () => {
    expect(timeline(ledgerSpec(), versions, today)).toEqual([
      { day: '2026-12-01', section: 'remuneration', when: 'future', first: false, changes: [{ label: '標準報酬（健保）', from: '380千円', to: '410千円' }] },
      { day: '2026-09-01', section: 'remuneration', when: 'now', first: false, changes: [{ label: '標準報酬（健保）', from: '360千円', to: '380千円' }] },
      { day: '2012-04-01', section: 'name', when: 'now', first: true, changes: [] },
      { day: '2012-04-01', section: 'remuneration', when: 'past', first: true, changes: [] },
    ])
  })
  it('says what a typed 適用日 will do', () => {
    expect(effectOf(remunerations, '2026-09-01', '2026-09-01')).toEqual({ does: 'correct', day: '2026-09-01' })
    expect(effectOf(remunerations, '2026-09-01', '2012-04-01')).toEqual({ does: 'other', day: '2012-04-01' })
    expect(effectOf(remunerations, '2026-09-01', '2027-04-01')).toEqual({ does: 'add', day: '2027-04-01', before: '2026-12-01', next: undefined })
    expect(effectOf(remunerations, '2026-09-01', '2025-04-01')).toEqual({ does: 'add', day: '2025-04-01', before: '2012-04-01', next: '2026-09-01' })
    expect(effectOf([], '', '')).toEqual({ does: 'first' })
    expect(effectOf([], '', '2025-04-01')).toEqual({ does: 'first_day', day: '2025-04-01' })
  })
})
