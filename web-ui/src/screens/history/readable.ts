// Audit rows as people read them: Japanese labels, and values as the forms show them.
import type { HistoryItem } from '../../api/clients'
import { fullLabel, labelOf, shown } from '../../forms/show'
import { fieldAt, type RecordSpec } from '../../forms/spec'
import { maybe, t } from '../../i18n'
import type { Change } from '../../ui'
import { clientSpec, establishmentSpec } from '../clients/profile'
import { ledgerSpec } from '../employees/ledger'

export const actionText = (action: string) => maybe(`history.action.${action}`) ?? action

export type FieldChange = Change & { field: string }
type Row = Record<string, unknown>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : [])
const nameOf = (row: Row) => [row.last_name, row.first_name].filter(Boolean).join(' ')

/** The list of relatives is one value in an audit row: what differs inside it is found here. */
function listChanges(spec: RecordSpec, from: unknown, to: unknown): Change[] {
  const { path, fields, section } = spec.list!
  const label = t(`section.${section}` as 'section.relatives')
  const [before, after] = [rowsOf(from), rowsOf(to)]
  const gone = before.filter((row) => !after.some((x) => x.id === row.id)).map((row) => ({ label, from: nameOf(row), to: t('relatives.removed') }))
  return [...gone, ...after.flatMap((row): Change[] => {
    const old = before.find((x) => x.id === row.id)
    if (!old) return [{ label, from: '', to: t('relatives.added', { name: nameOf(row) }) }]
    return fields.filter((f) => !f.hidden && (old[f.name] ?? null) !== (row[f.name] ?? null)).map((f) => ({
      label: t('field.of_relative', { name: nameOf(old), field: labelOf(spec, `${path}.0.${f.name}`) }), from: shown(f, old[f.name]), to: shown(f, row[f.name]),
    }))
  })]
}

const rootFields = new Set(['code', 'name', 'name_kana', 'state'])

/** Which record an action is about, and where its fields are in that record. */
function about(action: string, ledger: RecordSpec): [spec: RecordSpec, path: (field: string) => string] {
  if (action.startsWith('establishment.')) return [establishmentSpec, (field) => field]
  if (action.startsWith('client.')) return [clientSpec, (field) => (rootFields.has(field) || field.includes('.') ? field : `profile.${field}`)]
  return [ledger, (field) => field]
}

/** The fields that an audit row changed. Fields that were never filled are left out of a first entry. */
export function readable(item: HistoryItem, ledger: RecordSpec = ledgerSpec()): FieldChange[] {
  const [spec, path] = about(item.action, ledger)
  return item.changes.flatMap(({ field, from, to }): FieldChange[] => {
    if (spec.list && field === spec.list.path) return listChanges(spec, from, to).map((change) => ({ ...change, field }))
    const at = path(field)
    const known = fieldAt(spec, at)?.field ?? (field === 'state' ? { name: 'state', kind: 'choice', of: 'client_state', span: 1 } : undefined)
    const change = { field, label: fullLabel(spec, at), from: shown(known, from), to: shown(known, to) }
    const first = item.action.endsWith('.create')
    return first && (change.to === '' || to === false) ? [] : [change]
  })
}

/** The change that says most in one line: not the day from which it applies. */
export const headline = (changes: FieldChange[]) => changes.find((c) => !c.field.endsWith('valid_from')) ?? changes[0]

/** 部署：製造部 → 営業部 */
export const changeText = ({ label, from, to }: Change) => t('unsaved.change', { label, from: from || t('unsaved.empty'), to: to || t('unsaved.empty') })
