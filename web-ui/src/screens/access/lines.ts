import type { NetworkEntry } from '../../api/access'
import { Problem } from '../../api/problem'

/** A list as people type it: one network a line, a note behind it. */
export const textOf = (entries: NetworkEntry[]) => entries.map((e) => (e.note ? `${e.network}　${e.note}` : e.network)).join('\n')

/** What stands in the lines, and in which line each entry does (from 1). Empty lines are none. */
export function entriesOf(text: string): { entries: NetworkEntry[]; lines: number[] } {
  const entries: NetworkEntry[] = []
  const lines: number[] = []
  text.normalize('NFKC').split('\n').forEach((line, i) => {
    const [, network, note = ''] = /^\s*(\S+)\s*(.*?)\s*$/u.exec(line) ?? []
    if (!network) return
    entries.push({ network, note: original(text, i).trim().replace(/^\S+\s*/u, '') || note })
    lines.push(i + 1)
  })
  return { entries, lines }
}
/** Notes stay as they were typed; only the network is folded to half width. */
const original = (text: string, line: number) => text.split('\n')[line] ?? ''

export type LineFault = { line: number; code: string; network: string; instead?: string }

/** The faults of a refused list, by the line that people see. */
export function lineFaults(fault: unknown, { entries, lines }: ReturnType<typeof entriesOf>): LineFault[] {
  if (!(fault instanceof Problem)) return []
  const meant = new Map<number, string>()
  const context = fault.context as { instead?: { line: number; network: string }[] } | undefined
  for (const { line, network } of context?.instead ?? []) meant.set(line, network)
  return fault.fields.flatMap(({ field, message }) => {
    const at = Number(/^entries\.(\d+)\./.exec(field)?.[1] ?? Number.NaN)
    const entry = entries[at]
    return entry ? [{ line: lines[at] ?? 0, code: message, network: entry.network, instead: meant.get(at) }] : []
  })
}

/** The text with one line's network replaced; its note stays. */
export const corrected = (text: string, { line, instead = '' }: LineFault) =>
  text.split('\n').map((old, i) => (i + 1 === line ? old.replace(/^\s*\S+/u, instead) : old)).join('\n')
