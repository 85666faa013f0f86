import type { Import, Show } from '../../api/imports'

export const steps = ['file', 'mapping', 'check', 'commit'] as const
export type Step = (typeof steps)[number]

/** Where the person is, in the URL: the import itself is on the server, so leaving the page loses nothing. */
export type Place = { import?: number; step?: Step; show?: Show; page?: number; size?: 50 | 100 }
export type Go = (place: Place) => void

const writing = ['committing', 'committed', 'undoing', 'undone']

/** How far an import has come. */
export function reached({ state }: Pick<Import, 'state'>): Step {
  if (writing.includes(state)) return 'commit'
  return state === 'uploaded' ? 'mapping' : 'check'
}

/** The step to show: what the URL asks for, unless the import is not there yet or can no longer go back. */
export function stepOf(record: Pick<Import, 'state'> | undefined, asked: Step | undefined): Step {
  if (!record) return 'file'
  const last = reached(record)
  if (last === 'commit' || !asked) return last
  return steps.indexOf(asked) <= steps.indexOf(last) ? asked : last
}
