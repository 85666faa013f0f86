import { describe, expect, it } from 'vitest'
import type { HistoryItem } from '../../api/clients'
import { actionText, readable } from './readable'

const item = (action: string, changes: HistoryItem['changes']): HistoryItem => ({ seq: 1, at: 0, actor: '', action, object: '', count: 1, changes })

describe('audit rows for people', () => {
  it('shows fields and choices in words', () => {
    expect(readable(item('employee.update', [
      { field: 'employment.type', from: 'regular', to: 'contract' }, { field: 'health.acquired_on', from: null, to: '2025-04-01' }, { field: 'tax.widow', from: false, to: true },
    ]))).toMatchObject([
      { label: '雇用形態', from: '正社員', to: '契約社員' }, { label: '健康保険の資格取得日', from: '', to: '2025/04/01' }, { label: '寡婦', from: 'いいえ', to: 'はい' },
    ])
  })
  it('finds a profile field of a client without its prefix, and the state of the contract', () => {
    expect(readable(item('client.update', [{ field: 'name', from: 'A', to: 'B' }, { field: 'closing_day', from: 20, to: 31 }]))).toMatchObject([
      { label: '顧問先名', from: 'A', to: 'B' }, { label: '給与の締日', from: '20日', to: '末日' }])
    expect(readable(item('client.end', [{ field: 'state', from: 'active', to: 'ended' }]))).toMatchObject([{ label: '契約の状態', from: '契約中', to: '契約終了' }])
  })
  it('leaves out of a first entry what was never filled', () => {
    expect(readable(item('establishment.create', [{ field: 'name', from: null, to: '本社' }, { field: 'specified', from: null, to: false }])).map((c) => c.label)).toEqual(['事業所名'])
  })
  it('opens the list of relatives', () => {
    const wife = { id: 1, relation: '妻', last_name: '髙﨑', first_name: '美咲', dependent: 'none' }
    expect(readable(item('employee.update', [{ field: 'relatives', from: [wife], to: [{ ...wife, dependent: 'tax_only' }, { id: 2, relation: '長男', last_name: '髙﨑', first_name: '蓮' }] }]))).toMatchObject([
      { label: '家族（髙﨑 美咲）の扶養状況', from: '扶養しない', to: '税のみ' }, { label: '家族', from: '', to: '髙﨑 蓮を追加' }])
  })
  it('names an action that it does not know by its code', () => {
    expect(actionText('employee.create')).toBe('従業員の追加')
    expect(actionText('x.y')).toBe('x.y')
  })
})
