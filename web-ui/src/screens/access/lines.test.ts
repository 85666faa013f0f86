import { describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem'
import { corrected, entriesOf, lineFaults, textOf } from './lines'

describe('a list of networks as text', () => {
  it('is one network a line with its note behind it, there and back', () => {
    const entries = [{ network: '10.0.0.0/8', note: '本社 2階' }, { network: '2001:db8::/32', note: '' }]
    expect(textOf(entries)).toBe('10.0.0.0/8　本社 2階\n2001:db8::/32')
    expect(entriesOf(textOf(entries)).entries).toEqual(entries)
  })
  it('skips empty lines, folds full-width digits, and remembers where everything stands', () => {
    expect(entriesOf('\n  １０.０.０.０／８　第１営業所\n\n192.0.2.7\n')).toEqual({
      entries: [{ network: '10.0.0.0/8', note: '第１営業所' }, { network: '192.0.2.7', note: '' }], lines: [2, 4],
    })
    expect(entriesOf(' \n\n').entries).toEqual([])
  })
  it('names faults by the line that people see, and corrects it', () => {
    const text = '\n10.0.0.1/8　本社\nhere'
    const problem = new Problem(422, {
      code: 'invalid_fields', context: { instead: [{ line: 0, network: '10.0.0.0/8' }] },
      fields: [{ field: 'entries.0.network', message: 'network_host_bits' }, { field: 'entries.1.network', message: 'not_a_network' }, { field: 'entries', message: 'x' }],
    })
    const faults = lineFaults(problem, entriesOf(text))
    expect(faults).toEqual([
      { line: 2, code: 'network_host_bits', network: '10.0.0.1/8', instead: '10.0.0.0/8' }, { line: 3, code: 'not_a_network', network: 'here', instead: undefined },
    ])
    const [first] = faults
    expect(first && corrected(text, first)).toBe('\n10.0.0.0/8　本社\nhere')
  })
})
