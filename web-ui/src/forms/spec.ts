// What a record consists of: one table of fields for the form, the list of changes, the history and the conflict dialog.
// Paths are those of the API body ("basic.hired_on"), so that a fault of the daemon finds its box.

export type Kind =
  | 'text' | 'long' // free text, never changed
  | 'kana' // full-width katakana
  | 'code' // numbers and codes: half-width, grouped with hyphens
  | 'date' | 'flag' | 'choice' | 'yen' | 'whole' | 'minutes'

export type Field = {
  name: string
  kind: Kind
  required?: boolean
  /** columns of the section's grid of twelve */
  span: number
  /** choice: the values; their words are `choice.<of>.<value>` */
  of?: string
  values?: readonly string[]
  /** choice: words that come from data (names of establishments), by value */
  words?: Readonly<Record<string, string>>
  /** text: what is offered while typing */
  suggest?: readonly string[]
  /** choice: what a blank record starts with */
  initial?: string
  /** choice of a whole number (months, days, ids) */
  numeric?: boolean
  /** code: sizes of the groups of digits (3-4), or the fewest and most digits */
  groups?: readonly number[]
  digits?: readonly [number, number]
  /** the sentence of this fault is shown when the form is wrong: fault.<fault> */
  fault?: string
  /** key of a text at the end of the box */
  unit?: string
  /** given by the daemon: kept, never shown */
  hidden?: boolean
  /** a tick in a row of ticks: no room for a label above it */
  low?: boolean
  /** has a place of its own in the card, not among the other boxes (適用日) */
  apart?: boolean
}

export type Section = {
  /** key of the title: section.<id> */
  id: string
  /** where its fields are in the body; '' is the root */
  path: string
  fields: readonly Field[]
  /** has 適用日 and keeps its versions */
  dated?: boolean
  /** may be absent in the body: stays absent until something is entered */
  optional?: boolean
  /** its labels mean nothing without the section's name (資格取得日) */
  named?: boolean
}

export type RecordSpec = {
  /** of the label keys of fields at the root: field.<prefix>.<name> */
  prefix: string
  sections: readonly Section[]
  /** a list of sub-records (家族): whose path, and what names an item */
  list?: { path: string; fields: readonly Field[]; section: string }
}

const make = (kind: Kind) => (name: string, span = 3, more: Partial<Field> = {}): Field => ({ name, kind, span, ...more })
export const text = make('text')
export const long = make('long')
export const kana = make('kana')
export const date = make('date')
export const flag = make('flag')
export const yen = make('yen')
export const whole = make('whole')
export const minutes = make('minutes')
export const code = make('code')
export const choice = (name: string, of: string, values: readonly string[], span = 3, more: Partial<Field> = {}): Field =>
  ({ name, kind: 'choice', of, values, span, ...more })
export const required = { required: true } as const

export const pathOf = (section: Section | { path: string }, field: Field) => (section.path ? `${section.path}.${field.name}` : field.name)

/** The field of a path in the body; an index of the list is skipped: "relatives.0.birth_date". */
export function fieldAt(spec: RecordSpec, path: string): { field: Field; section: string } | undefined {
  for (const section of spec.sections) {
    const field = section.fields.find((f) => pathOf(section, f) === path)
    if (field) return { field, section: section.id }
  }
  const inList = spec.list && new RegExp(`^${spec.list.path}\\.\\d+\\.(\\w+)$`).exec(path)
  const field = inList && spec.list?.fields.find((f) => f.name === inList[1])
  return field ? { field, section: spec.list!.section } : undefined
}
