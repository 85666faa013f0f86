import { describe, expect, it } from 'vitest'
import { maxBytes, refusal } from './allowed'

describe('a file to attach', () => {
  it('is taken by its extension, in capitals too', () => expect(refusal({ name: '届出書.PDF', size: 10 })).toBeUndefined())
  it('is refused before it is sent when its type, size or name is wrong', () => {
    expect(refusal({ name: 'setup.exe', size: 10 })).toBe('file_type_refused')
    expect(refusal({ name: 'pdf', size: 10 })).toBe('file_type_refused')
    expect(refusal({ name: '.pdf', size: 10 })).toBe('file_type_refused')
    expect(refusal({ name: 'a.pdf', size: maxBytes + 1 })).toBe('too_large')
    expect(refusal({ name: 'a.pdf', size: 0 })).toBe('file_empty')
  })
})
