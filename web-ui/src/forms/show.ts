// Values of a record as people read them: in the list of changes, in the history, in the conflict dialog.
import { maybe, t } from '../i18n'
import * as format from '../ui/format'
import { eraYear, isIsoDate } from '../ui/wareki'
import { fieldAt, type Field, type RecordSpec } from './spec'
import { clockText } from './values'

/** The word of a choice; months and days are counted, and the 31st stands for the last of a month. */
export function choiceText(of: string, value: string): string {
  if (of === 'month') return t('unit.month', { n: value })
  if (of === 'day') return value === '31' ? t('unit.last_day') : t('unit.day', { n: value })
  return maybe(`choice.${of}.${value}`) ?? value
}

/** A value of the body, or the text of a box that could not be read. '' is empty. */
export function shown(field: Field | undefined, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (field?.words) return field.words[String(value)] ?? String(value)
  if (field?.of) return choiceText(field.of, String(value))
  if (field?.kind === 'yen' && typeof value === 'number') return t('common.unit.yen', { n: value })
  if (field?.kind === 'minutes' && typeof value === 'number') return clockText(value)
  if (typeof value === 'string' && isIsoDate(value)) return format.day(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** 2025/04/01（令和7年） */
export const longDay = (iso: string | null | undefined) => (iso ? t('date.with_era', { day: format.day(iso), era: eraYear(iso) }) : '')

const bare = (path: string) => path.split('.').filter((part) => !/^\d+$/.test(part)).join('.')

/** The label of a box: 郵便番号 */
export function labelOf(spec: RecordSpec, path: string): string {
  const plain = bare(path)
  return maybe(`field.${plain.includes('.') || !spec.prefix ? plain : `${spec.prefix}.${plain}`}`) ?? plain
}

/** The label away from its card: 健康保険の資格取得日 */
export function fullLabel(spec: RecordSpec, path: string): string {
  const label = labelOf(spec, path)
  const at = fieldAt(spec, path)
  const section = spec.sections.find((s) => s.id === at?.section)
  const named = section ? section.named : at !== undefined
  return named ? t('field.in_section', { section: t(`section.${at!.section}` as 'section.basic'), field: label }) : label
}
