import { describe, expect, it } from 'vitest'
import { clientSpec, establishmentSpec } from '../screens/clients/profile'
import { ledgerSpec } from '../screens/employees/ledger'
import { messages } from '../i18n'
import { changedSections, changesOf, merge, takeTheirs } from './changes'
import { labelOf } from './show'
import { pathOf, type Field } from './spec'
import { boxOf, faultOf, faultsOf, get, minutesOf, put, tidyBox, toBody, toValues, valueOf, type Item, type Values } from './values'

const spec = ledgerSpec({ departments: [] })
const ledger = {
  basic: { number: '10023', attendance: 'active', birth_date: '1988-07-14', sex: 'male', hired_on: '2012-04-01', telephone: null },
  name: { valid_from: '2012-04-01', last_name: '髙﨑', first_name: '祐太朗', last_kana: 'タカサキ', first_kana: 'ユウタロウ' },
  employment: { valid_from: '2025-04-01', department: '製造部', type: 'regular', term: 'open_ended', weekly_minutes: 2400, short_time: false },
  remuneration: { valid_from: '2026-09-01', pay_type: 'monthly', cash: 386000, health_standard: 380000 },
  relatives: [{ id: 1, relation: '妻', last_name: '髙﨑', first_name: '美咲', living: 'together', disability: 'none', dependent: 'tax_and_social' }],
}
const field = (path: string): Field => {
  const at = spec.sections.flatMap((s) => s.fields.map((f) => [pathOf(s, f), f] as const)).find(([p]) => p === path)
  return at![1]
}
const edited = (change: Record<string, string | boolean>, from: Values = toValues(spec, ledger)) => {
  const values = structuredClone(from)
  for (const [path, box] of Object.entries(change)) put(values, path, box)
  return values
}
const body = (values: Values) => toBody<Record<string, never>>(spec, values, ledger) as Record<string, unknown>

describe('a record in boxes', () => {
  it('comes back as it was when nothing was typed', () => {
    const sent = body(toValues(spec, ledger)) as typeof ledger
    expect(sent.basic).toMatchObject({ number: '10023', attendance: 'active', hired_on: '2012-04-01', telephone: null, note: null })
    expect(sent.employment.weekly_minutes).toBe(2400)
    expect(sent.remuneration).toMatchObject({ cash: 386000, in_kind: null, health_standard: 380000 })
    expect(sent.relatives[0]).toMatchObject({ id: 1, relation: '妻', sex: null, dependent: 'tax_and_social', yearly_income: null })
  })
  it('leaves a section out that was absent and where nothing was entered', () => {
    expect(body(toValues(spec, ledger)).address).toBeNull()
    expect(body(edited({ 'address.city': '大田区' })).address).toMatchObject({ city: '大田区', registered_same: true, street: null })
    expect(body(edited({ 'remuneration.cash': '', 'remuneration.health_standard': '' })).remuneration).toMatchObject({ cash: null })
  })
  it('reads what people type: 和暦, full width, separators, hours', () => {
    expect(valueOf(field('basic.birth_date'), '昭和63年7月14日')).toBe('1988-07-14')
    expect(valueOf(field('basic.birth_date'), '昭和65年1月1日')).toBeUndefined()
    expect(valueOf(field('remuneration.cash'), '３８６，０００円')).toBe(386000)
    expect(valueOf(field('remuneration.cash'), '38万')).toBeUndefined()
    expect(['40', '37.5', '37:30', '３７時間３０分', '40:75', 'x'].map(minutesOf)).toEqual([2400, 2250, 2250, 2250, undefined, undefined])
    expect(boxOf(field('employment.weekly_minutes'), 2250)).toBe('37:30')
  })
  it('gives numbers and kana their one form and never touches names', () => {
    expect(tidyBox(field('address.postal_code'), '〒１４３００１６')).toBe('143-0016')
    expect(tidyBox(field('pension.basic_number'), '4121063895')).toBe('4121-063895')
    expect(tidyBox(field('name.last_kana'), 'たかさき')).toBe('タカサキ')
    expect(tidyBox(field('name.first_kana'), 'ﾕｰｺ')).toBe('ユーコ')
    expect(tidyBox(field('name.last_name'), '髙﨑　')).toBe('髙﨑　')
    expect(tidyBox(establishmentSpec.sections[1].fields[0], '２１－０３－ヤータ')).toBe('21-03-ヤータ')
  })
  it('says what is wrong in each box', () => {
    expect(faultOf(field('name.last_kana'), '高崎')).toBe('bad_kana')
    expect(faultOf(field('address.postal_code'), '143-001')).toBe('bad_postal_code')
    expect(faultOf(field('basic.number'), ' ')).toBe('required')
    expect(faultOf(field('basic.hired_on'), '2025/02/30')).toBe('unreadable_date')
    expect(faultsOf(spec, toValues(spec, ledger))).toEqual([])
    expect(faultsOf(spec, toValues(spec, undefined)).map((f) => f.field)).toEqual([
      'basic.number', 'basic.birth_date', 'basic.sex', 'name.last_name', 'name.first_name', 'name.last_kana', 'name.first_kana'])
  })
  it('has a label for every field and section', () => {
    for (const one of [spec, clientSpec, establishmentSpec]) {
      for (const section of one.sections) {
        expect(messages(), section.id).toHaveProperty([`section.${section.id}`])
        for (const f of section.fields) expect(labelOf(one, pathOf(section, f)), f.name).not.toMatch(/^[a-z_.]+$/)
      }
      for (const f of one.list?.fields.filter((x) => !x.hidden) ?? []) expect(labelOf(one, `relatives.0.${f.name}`), f.name).not.toMatch(/^[a-z_.]+$/)
    }
  })
})

describe('changes of a record', () => {
  const base = toValues(spec, ledger)
  it('lists old and new in the words of the form', () => {
    expect(changesOf(spec, base, base)).toEqual([])
    const now = edited({ 'remuneration.cash': '412500', 'health.acquired_on': '2012-04-01', 'employment.type': 'contract', 'basic.birth_date': 'きのう' })
    expect(changesOf(spec, base, now)).toEqual([
      { label: '生年月日', from: '1988/07/14', to: 'きのう' }, { label: '雇用形態', from: '正社員', to: '契約社員' },
      { label: '報酬月額（通貨）', from: '386,000円', to: '412,500円' }, { label: '健康保険の資格取得日', from: '', to: '2012/04/01' },
    ])
    expect([...changedSections(spec, base, now)]).toEqual(['basic', 'employment', 'remuneration', 'health'])
  })
  it('takes another way of writing the same for no change', () => {
    expect(changesOf(spec, base, edited({ 'remuneration.cash': '386,000', 'basic.birth_date': 'S63.7.14', 'employment.weekly_minutes': '40' }))).toEqual([])
  })
  it('names relatives that were added, changed and removed', () => {
    const now = structuredClone(base)
    const [wife] = now.relatives as Item[]
    now.relatives = [{ ...wife, birth_date: '1990-01-09' }, { ...wife, id: '', relation: '長男', first_name: '蓮' }]
    expect(changesOf(spec, base, now)).toEqual([
      { label: '家族（髙﨑 美咲）の生年月日', from: '', to: '1990/01/09' }, { label: '家族', from: '', to: '髙﨑 蓮を追加' },
    ])
    expect(changesOf(spec, now, { ...now, relatives: [] })[0]).toEqual({ label: '家族', from: '髙﨑 美咲', to: '削除' })
  })
})

describe('two people changing one record', () => {
  const base = toValues(spec, ledger)
  it('keeps what only one of them changed', () => {
    const { merged, overlaps } = merge(spec, base, edited({ 'basic.telephone': '03-1111-2222' }), edited({ 'employment.department': '営業部' }))
    expect(overlaps).toEqual([])
    expect([get(merged, 'basic.telephone'), get(merged, 'employment.department')]).toEqual(['03-1111-2222', '営業部'])
  })
  it('asks where both changed the same box, unless to the same value', () => {
    const theirs = edited({ 'employment.department': '営業部', 'basic.telephone': '03-9' })
    const { merged, overlaps } = merge(spec, base, edited({ 'employment.department': '総務部', 'basic.telephone': '03-9' }), theirs)
    expect(overlaps).toEqual([{ path: 'employment.department', label: '部署', theirs: '営業部', mine: '総務部' }])
    expect(get(merged, 'employment.department')).toBe('総務部')
    takeTheirs(merged, theirs, 'employment.department')
    expect(get(merged, 'employment.department')).toBe('営業部')
  })
  it('takes the list of relatives as one thing', () => {
    const mine = { ...structuredClone(base), relatives: [] }
    const theirs = structuredClone(base)
    put(theirs, 'relatives', [{ ...(theirs.relatives as Item[])[0], first_name: '美紗紀' }])
    expect(merge(spec, base, mine, theirs).overlaps).toEqual([{ path: 'relatives', label: '家族', theirs: '髙﨑 美紗紀', mine: '' }])
    expect(merge(spec, base, base, theirs).merged.relatives).toEqual(theirs.relatives)
  })
})
