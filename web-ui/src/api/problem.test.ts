import { describe, expect, it } from 'vitest'
import { ja } from '../i18n/ja'
import { faultsOf, fieldFaultText, fieldLabel, Problem, problemText } from './problem'

describe('what people read when something was refused', () => {
  it('has a sentence for a known code', () => {
    expect(problemText(new Problem(409, { code: 'version_conflict' }))).toBe(ja['error.version_conflict'])
  })
  it('falls back on the status and names an unknown code', () => {
    const text = problemText(new Problem(409, { code: 'brand_new_code' }))
    expect(text).toContain(ja['error.status.409'])
    expect(text).toContain('brand_new_code')
  })
  it('says that the server cannot be reached', () => {
    expect(problemText(new Problem(0, {}))).toBe(ja['error.unreachable'])
  })
  it('tells how long to wait, in minutes', () => {
    expect(problemText(new Problem(429, { code: 'too_many_attempts', context: { seconds: 541 } }))).toContain('10分')
    expect(problemText(new Problem(429, { code: 'too_many_attempts' }))).toContain('1分')
  })
  it('does not print the text of a bug', () => {
    expect(problemText(new TypeError('x is undefined'))).toBe(ja['error.unexpected'])
  })
  it('has sentences and labels for fields, also inside lists', () => {
    expect(fieldFaultText('required')).toBe(ja['fault.required'])
    expect(fieldFaultText('brand_new')).toContain('brand_new')
    expect(fieldLabel('addresses.0.unheard_of')).toBe('addresses.0.unheard_of')
  })
  it('is told under its own field', () => {
    const fault = new Problem(422, { fields: [{ field: 'basic.retired_on', message: 'required' }, { field: 'name', message: 'too_long' }] })
    expect(faultsOf(fault, 'retired_on')).toEqual([ja['fault.required']])
    expect(faultsOf(fault, 'name')).toEqual([ja['fault.too_long']])
    expect(faultsOf(fault, 'on')).toEqual([])
    expect(faultsOf(undefined, 'name')).toBeUndefined()
  })
})
