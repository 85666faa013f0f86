import type { Door, Import, ImportCheck, ImportField } from '../../api/imports'

/** The field of each column, by the column's index; '' is not read. */
export type Mapping = Record<number, string>
export type Draft = { mapping: Mapping; blank: ImportCheck['blank']; from: 'correct' | 'version'; day: string }

export const draftOf = (record: Import, known: ImportField[]): Draft => ({
  mapping: Object.fromEntries(record.columns.map((c) => [c.index, known.some((f) => f.field === c.field) ? c.field ?? '' : ''])),
  blank: record.blank,
  from: record.valid_from ? 'version' : 'correct',
  day: record.valid_from ?? '',
})

export const bodyOf = ({ mapping, blank, from, day }: Draft): ImportCheck => ({
  mapping: Object.entries(mapping).map(([index, field]) => ({ index: Number(index), ...(field ? { field } : {}) })),
  blank,
  ...(from === 'version' ? { valid_from: day } : {}),
})

/** Fields that two columns want, although their texts cannot be put together. */
export function doubled(mapping: Mapping, fields: ImportField[]): ImportField[] {
  const wanted = Object.values(mapping)
  return fields.filter((f) => !f.joins && wanted.filter((field) => field === f.field).length > 1)
}

export const missing = (mapping: Mapping, fields: ImportField[]): ImportField[] => {
  const wanted = new Set(Object.values(mapping))
  return fields.filter((f) => f.required && !wanted.has(f.field))
}

/** Whether a row can be matched with the records that are there: the daemon asks for the same. */
export function keyed(kind: Door['kind'], mapping: Mapping): boolean {
  const wanted = new Set(Object.values(mapping))
  if (kind === 'clients') return wanted.has('code')
  const name = wanted.has('name.full') || (wanted.has('name.last_name') && wanted.has('name.first_name'))
  return wanted.has('basic.number') || (name && wanted.has('basic.birth_date'))
}

// What was chosen and not yet checked survives a reload. Field names only, nothing out of the file.
const keyOf = (id: number) => `kuramori.import.${id}`
export const keepDraft = (id: number, draft: Draft) => sessionStorage.setItem(keyOf(id), JSON.stringify(draft))
export const forgetDraft = (id: number) => sessionStorage.removeItem(keyOf(id))
export function keptDraft(id: number): Draft | undefined {
  const kept = sessionStorage.getItem(keyOf(id))
  return kept ? (JSON.parse(kept) as Draft) : undefined
}
