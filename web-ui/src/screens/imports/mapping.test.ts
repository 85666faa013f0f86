import { describe, expect, it } from 'vitest'
import type { Import, ImportField } from '../../api/imports'
import { bodyOf, doubled, draftOf, keyed, missing } from './mapping'

const field = (name: string, more: Partial<ImportField> = {}): ImportField =>
  ({ field: name, label: name, section: '', required: false, key: false, joins: false, choices: [], ...more })
const fields = [field('number', { key: true }), field('name', { required: true }), field('address', { joins: true })]
const record = (...columns: (string | undefined)[]) =>
  ({ columns: columns.map((name, index) => ({ index, heading: `h${index}`, samples: [], field: name })), blank: 'keep', valid_from: null }) as unknown as Import

describe('the mapping of columns', () => {
  it('starts with what the server suggests, and without fields that it no longer knows', () => {
    expect(draftOf(record('number', undefined, 'gone'), fields).mapping).toEqual({ 0: 'number', 1: '', 2: '' })
  })
  it('names the fields that a new record needs and no column brings', () => {
    expect(missing({ 0: 'number' }, fields).map((f) => f.field)).toEqual(['name'])
  })
  it('finds two columns for one field, unless their texts are joined', () => {
    expect(doubled({ 0: 'number', 1: 'number' }, fields).map((f) => f.field)).toEqual(['number'])
    expect(doubled({ 0: 'address', 1: 'address' }, fields)).toEqual([])
  })
  it('needs a number, or a name with a birth date, to find people', () => {
    expect(keyed('employees', { 0: 'basic.number' })).toBe(true)
    expect(keyed('employees', { 0: 'name.full', 1: 'basic.birth_date' })).toBe(true)
    expect(keyed('employees', { 0: 'name.last_name', 1: 'basic.birth_date' })).toBe(false)
    expect(keyed('clients', { 0: 'name' })).toBe(false)
  })
  it('sends a day only for new versions', () => {
    const draft = { mapping: { 0: 'number', 1: '' }, blank: 'clear' as const, from: 'correct' as const, day: '2026-04-01' }
    expect(bodyOf(draft)).toEqual({ mapping: [{ index: 0, field: 'number' }, { index: 1 }], blank: 'clear' })
    expect(bodyOf({ ...draft, from: 'version' }).valid_from).toBe('2026-04-01')
  })
})
