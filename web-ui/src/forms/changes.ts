// What differs between two states of a record: the unsaved bar, and three-way merging after a conflict.
import { t } from '../i18n'
import type { Change } from '../ui'
import { fullLabel, labelOf, shown } from './show'
import { pathOf, type Field, type RecordSpec } from './spec'
import { get, put, valueOf, type Item, type Value, type Values } from './values'

/** Two boxes are the same when the body would get the same. */
const same = (field: Field, a: Value, b: Value) => {
  const [one, other] = [valueOf(field, a), valueOf(field, b)]
  return one === undefined || other === undefined ? a === b : (one ?? '') === (other ?? '')
}
const boxText = (field: Field, box: Value) => {
  const value = valueOf(field, box)
  return value === undefined ? String(box) : shown(field, value)
}

const sameItem = (fields: readonly Field[], a: Item, b: Item) => fields.every((f) => f.hidden || same(f, a[f.name], b[f.name]))
const items = (spec: RecordSpec, values: Values) => (spec.list ? ((values[spec.list.path] as Item[] | undefined) ?? []) : [])
export const itemName = (item: Item) => [item.last_name, item.first_name].filter(Boolean).join(' ') || t('relatives.unnamed')

/** Items are told apart by the id that the daemon gave them; one without is new. */
function listChanges(spec: RecordSpec, base: Values, now: Values): Change[] {
  if (!spec.list) return []
  const { fields, path } = spec.list
  const label = t(`section.${spec.list.section}` as 'section.relatives')
  const before = items(spec, base)
  const after = items(spec, now)
  const gone = before.filter((item) => !after.some((x) => x.id === item.id)).map((item) => ({ label, from: itemName(item), to: t('relatives.removed') }))
  return [...gone, ...after.flatMap((item, i): Change[] => {
    const old = item.id ? before.find((x) => x.id === item.id) : undefined
    if (!old) return [{ label, from: '', to: t('relatives.added', { name: itemName(item) }) }]
    return fields.filter((f) => !f.hidden && !same(f, old[f.name], item[f.name])).map((f) => ({
      label: t('field.of_relative', { name: itemName(old), field: labelOf(spec, `${path}.${i}.${f.name}`) }),
      from: boxText(f, old[f.name]), to: boxText(f, item[f.name]),
    }))
  })]
}

const scalars = (spec: RecordSpec) => spec.sections.flatMap((section) => section.fields.map((field) => ({ section, field, path: pathOf(section, field) })))

/** Old and new of everything that was changed, in the order of the form. */
export function changesOf(spec: RecordSpec, base: Values, now: Values): Change[] {
  const plain = scalars(spec).flatMap(({ field, path }): Change[] => {
    const [from, to] = [get(base, path) as Value, get(now, path) as Value]
    return field.hidden || same(field, from, to) ? [] : [{ label: fullLabel(spec, path), from: boxText(field, from), to: boxText(field, to) }]
  })
  return [...plain, ...listChanges(spec, base, now)]
}

/** Which sections have changes: the dots in the form's table of contents. */
export function changedSections(spec: RecordSpec, base: Values, now: Values): Set<string> {
  const changed = new Set<string>()
  for (const { section, field, path } of scalars(spec)) {
    if (!field.hidden && !same(field, get(base, path) as Value, get(now, path) as Value)) changed.add(section.id)
  }
  if (spec.list && listChanges(spec, base, now).length) changed.add(spec.list.section)
  return changed
}

/** A box (or the whole list) that both sides changed to different values. */
export type Overlap = { path: string; label: string; theirs: string; mine: string }

const listText = (spec: RecordSpec, values: Values) => items(spec, values).map(itemName).join('、')
const sameList = (spec: RecordSpec, a: Values, b: Values) => {
  const [one, other] = [items(spec, a), items(spec, b)]
  return one.length === other.length && one.every((item, i) => item.id === other[i].id && sameItem(spec.list!.fields, item, other[i]))
}

/** My changes upon theirs. Where both changed the same box, `overlaps` asks; until then mine stands in `merged`. */
export function merge(spec: RecordSpec, base: Values, mine: Values, theirs: Values): { merged: Values; overlaps: Overlap[] } {
  const merged = structuredClone(theirs)
  const overlaps: Overlap[] = []
  for (const { field, path } of scalars(spec)) {
    const [was, my, their] = [base, mine, theirs].map((values) => get(values, path) as Value)
    if (field.hidden || same(field, was, my)) continue
    put(merged, path, my)
    if (!same(field, was, their) && !same(field, my, their)) overlaps.push({ path, label: fullLabel(spec, path), theirs: boxText(field, their), mine: boxText(field, my) })
  }
  if (spec.list && !sameList(spec, base, mine)) {
    const { path, section } = spec.list
    merged[path] = structuredClone(mine[path])
    if (!sameList(spec, base, theirs) && !sameList(spec, mine, theirs)) {
      overlaps.push({ path, label: t(`section.${section}` as 'section.relatives'), theirs: listText(spec, theirs), mine: listText(spec, mine) })
    }
  }
  return { merged, overlaps }
}

/** Takes their value back at one path. */
export function takeTheirs(merged: Values, theirs: Values, path: string) {
  put(merged, path, structuredClone(get(theirs, path)))
}
