import { describe, expect, it } from 'vitest'
import { stepOf } from './steps'

describe('the step of an import', () => {
  it('is the file while there is no import', () => expect(stepOf(undefined, 'check')).toBe('file'))
  it('is as far as the import has come', () => {
    expect(stepOf({ state: 'uploaded' }, undefined)).toBe('mapping')
    expect(stepOf({ state: 'checking' }, undefined)).toBe('check')
    expect(stepOf({ state: 'failed' }, undefined)).toBe('check')
  })
  it('may be an earlier one', () => expect(stepOf({ state: 'checked' }, 'mapping')).toBe('mapping'))
  it('is never one that the import has not reached', () => expect(stepOf({ state: 'uploaded' }, 'commit')).toBe('mapping'))
  it('stays the last one once something is written', () => {
    for (const state of ['committing', 'committed', 'undoing', 'undone'] as const) expect(stepOf({ state }, 'mapping')).toBe('commit')
  })
})
