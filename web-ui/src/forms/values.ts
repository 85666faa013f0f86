// Between a body of the API and what stands in the boxes of a form. A box holds text (or a tick), so nothing that
// was typed is lost; absent and empty are the same.
import { toAsciiNumber, toKatakana } from '../ui/kana'
import { isIsoDate, parseDate } from '../ui/wareki'
import { pathOf, type Field, type RecordSpec, type Section } from './spec'

export type Value = string | boolean
export type Item = Record<string, Value>
/** The boxes, nested like the body: values.basic.number, values.relatives[0].birth_date */
export type Values = Record<string, unknown>
type Body = Record<string, unknown>

const get = (from: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Body)[part] : undefined), from)

export function put(into: Body, path: string, value: unknown) {
  const parts = path.split('.')
  const last = parts.pop()!
  let at = into
  for (const part of parts) {
    if (typeof at[part] !== 'object' || at[part] === null) at[part] = {}
    at = at[part] as Body
  }
  at[last] = value
}

const pad = (n: number) => String(n).padStart(2, '0')
export const clockText = (total: number) => `${Math.floor(total / 60)}:${pad(total % 60)}`
/** 40, 37.5, 37:30 or 37時間30分 -> minutes */
export function minutesOf(typed: string): number | undefined {
  const plain = toAsciiNumber(typed).replace(/時間?/, ':').replace(/分$/, '').replace(/:$/, ':00')
  const clock = /^(\d{1,3}):(\d{1,2})$/.exec(plain)
  if (clock) return Number(clock[2]) < 60 ? Number(clock[1]) * 60 + Number(clock[2]) : undefined
  return /^\d{1,3}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 60) : undefined
}

const plainNumber = (typed: string) => toAsciiNumber(typed).replace(/[,円\s]/g, '')

/** What stands in the box for a value of the body. */
export function boxOf(field: Field, value: unknown): Value {
  if (field.kind === 'flag') return value === true || value === 'true'
  if (value === null || value === undefined) return ''
  if (field.kind === 'minutes') return clockText(Number(value))
  return String(value)
}

/** What the body gets; undefined when the text cannot be read. */
export function valueOf(field: Field, box: Value): unknown {
  if (typeof box === 'boolean') return box
  const typed = field.kind === 'long' || field.kind === 'text' ? box : box.trim()
  if (typed.trim() === '') return field.required && field.kind !== 'date' && field.kind !== 'choice' ? '' : null
  if (field.kind === 'date') {
    const read = parseDate(typed)
    return 'iso' in read ? read.iso : undefined
  }
  if (field.kind === 'minutes') return minutesOf(typed)
  if (field.kind === 'yen' || field.kind === 'whole' || field.numeric) return /^\d{1,12}$/.test(plainNumber(typed)) ? Number(plainNumber(typed)) : undefined
  return typed
}

const grouped = (digits: string, groups: readonly number[]) => {
  let from = 0
  return groups.map((size) => digits.slice(from, (from += size))).join('-')
}

/** On leaving a box: one form for what has one form. Names and free text are never touched. */
export function tidyBox(field: Field, box: string): string {
  if (field.kind === 'kana') return toKatakana(box).replace(/[-‐‑−－](?=[ァ-ヶー]|$)/g, 'ー')
  if (field.kind === 'yen' || field.kind === 'whole') return plainNumber(box)
  if (field.kind === 'minutes') {
    const total = minutesOf(box)
    return box.trim() && total !== undefined ? clockText(total) : box
  }
  if (field.kind !== 'code') return box
  const plain = toAsciiNumber(box).replace(/^〒/, '')
  const digits = plain.replace(/[-\s]/g, '')
  const size = field.groups?.reduce((sum, n) => sum + n, 0)
  return field.groups && /^\d+$/.test(digits) && digits.length === size ? grouped(digits, field.groups) : plain
}

/** Why the box cannot be accepted as it is: a fault code. What only the daemon knows is left to it. */
export function faultOf(field: Field, box: Value): string | undefined {
  if (typeof box === 'boolean') return undefined
  if (box.trim() === '') return field.required ? 'required' : undefined
  if (valueOf(field, box) === undefined) return field.kind === 'date' ? 'unreadable_date' : field.fault ?? (field.kind === 'yen' ? 'bad_amount' : 'bad_number')
  if (field.kind === 'kana' && !/^[ァ-ヶー・\s]+$/.test(toKatakana(box))) return 'bad_kana'
  if (field.kind !== 'code' || (!field.groups && !field.digits)) return undefined
  const digits = tidyBox(field, box).replace(/[-\s]/g, '')
  const size = field.groups?.reduce((sum, n) => sum + n, 0) ?? 0
  const [least, most] = field.digits ?? [size, size]
  return /^\d+$/.test(digits) && digits.length >= least && digits.length <= most ? undefined : field.fault ?? 'bad_number'
}

const itemOf = (fields: readonly Field[], body: unknown): Item => Object.fromEntries(fields.map((f) => [f.name, boxOf(f, get(body, f.name) ?? f.initial)]))

/** Boxes for a body; for no body, a blank record. */
export function toValues(spec: RecordSpec, body: unknown): Values {
  const values: Values = {}
  for (const section of spec.sections) {
    for (const field of section.fields) {
      const path = pathOf(section, field)
      put(values, path, boxOf(field, get(body, path) ?? field.initial))
    }
  }
  if (spec.list) values[spec.list.path] = ((get(body, spec.list.path) as unknown[]) ?? []).map((item) => itemOf(spec.list!.fields, item))
  return values
}

export const blankItem = (spec: RecordSpec): Item => itemOf(spec.list?.fields ?? [], {})

const untouched = (section: Section, values: Values, blank: Values) =>
  section.fields.every((f) => f.hidden || get(values, pathOf(section, f)) === get(blank, pathOf(section, f)))

/** The body for the boxes. `before` is the body that the form began with: an optional section that was absent stays so. */
export function toBody<T>(spec: RecordSpec, values: Values, before: unknown): T {
  const blank = toValues(spec, undefined)
  const body: Body = {}
  for (const section of spec.sections) {
    if (section.optional && get(before, section.path) == null && untouched(section, values, blank)) {
      body[section.path] = null
      continue
    }
    for (const field of section.fields) put(body, pathOf(section, field), valueOf(field, get(values, pathOf(section, field)) as Value))
  }
  if (spec.list) {
    const { path, fields } = spec.list
    body[path] = ((values[path] as Item[]) ?? []).map((item) => Object.fromEntries(fields.map((f) => [f.name, valueOf(f, item[f.name])])))
  }
  return body as T
}

/** Every box with its path: "basic.number", "relatives.0.birth_date". */
export function boxes(spec: RecordSpec, values: Values): [path: string, field: Field, box: Value][] {
  const all: [string, Field, Value][] = spec.sections.flatMap((section) =>
    section.fields.map((field): [string, Field, Value] => [pathOf(section, field), field, get(values, pathOf(section, field)) as Value]))
  if (!spec.list) return all
  const { path, fields } = spec.list
  const items = (values[path] as Item[] | undefined) ?? []
  return [...all, ...items.flatMap((item, i) => fields.map((field): [string, Field, Value] => [`${path}.${i}.${field.name}`, field, item[field.name]]))]
}

/** What is wrong before anything is sent. Optional sections are checked only where something was entered. */
export const faultsOf = (spec: RecordSpec, values: Values) =>
  boxes(spec, values).flatMap(([path, field, box]) => {
    const fault = field.hidden ? undefined : faultOf(field, box)
    return fault ? [{ field: path, message: fault }] : []
  })

export { get, isIsoDate }
