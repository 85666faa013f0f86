import { describe, expect, it } from 'vitest'
import { eraYear, isIsoDate, parseDate, slashDate } from './wareki'

const iso = (text: string) => {
  const parsed = parseDate(text)
  return 'iso' in parsed ? parsed.iso : parsed.fault.why
}

describe('one box for dates', () => {
  it('reads 西暦 and 和暦 in the ways people type them', () => {
    for (const text of ['令和7年4月1日', 'R7.4.1', 'r7/4/1', '20250401', '2025/4/1', '2025-04-01', '2025年4月1日', '２０２５／０４／０１', 'Ｒ７．４．１', '㋿7年4月1日']) {
      expect(iso(text), text).toBe('2025-04-01')
    }
    expect(iso('令和元年5月1日')).toBe('2019-05-01')
    expect(iso('2025ー4ー1')).toBe('2025-04-01')
  })
  it('knows the last day of each era', () => {
    expect(iso('明治45年7月29日')).toBe('1912-07-29')
    expect(iso('大正15年12月24日')).toBe('1926-12-24')
    expect(iso('昭和64年1月7日')).toBe('1989-01-07')
    expect(iso('平成31年4月30日')).toBe('2019-04-30')
    for (const text of ['明治45年7月30日', '大正15年12月25日', '昭和64年1月8日', '平成31年5月1日']) expect(iso(text), text).toBe('era')
  })
  it('refuses a year beyond its era and names the last one', () => {
    expect(parseDate('昭和65年1月1日')).toEqual({ fault: { why: 'era', era: '昭和', last: 64 } })
    expect(parseDate('平成32年1月1日')).toEqual({ fault: { why: 'era', era: '平成', last: 31 } })
  })
  it('refuses days before an era began', () => {
    expect(iso('令和元年4月30日')).toBe('no_such_day')
    expect(iso('昭和元年12月24日')).toBe('no_such_day')
    expect(iso('明治5年12月1日')).toBe('range')
  })
  it('refuses days that do not exist', () => {
    for (const text of ['令和7年13月1日', '2024/06/31', '20250229', '2025/00/10']) expect(iso(text), text).toBe('no_such_day')
    expect(iso('2024/02/29')).toBe('2024-02-29')
  })
  it('refuses what is not a date', () => {
    for (const text of ['', 'きのう', '2025/4', '250401', '令和7年']) expect(iso(text), text).toBe('format')
    expect(iso('1850/01/01')).toBe('range')
    expect(isIsoDate('2025-02-30')).toBe(false)
  })
  it('shows the era beside the date', () => {
    expect(eraYear('2025-04-01')).toBe('令和7年')
    expect(eraYear('2019-05-01')).toBe('令和元年')
    expect(eraYear('1989-01-07')).toBe('昭和64年')
    expect(slashDate('2025-04-01')).toBe('2025/04/01')
  })
})
