// A person in a few words, for heads, lists and panels.
import type { EmployeeRow, Ledger } from '../../api/employees'
import { choiceText } from '../../forms/show'
import { t } from '../../i18n'
import type { StatusKind } from '../../ui'

export const attendanceKind = { active: 'done', on_leave: 'doing', retired: 'off' } as const satisfies Record<EmployeeRow['attendance'], StatusKind>
export const nameOf = ({ name }: Ledger) => `${name.last_name} ${name.first_name}`
export const kanaOf = ({ name }: Ledger) => `${name.last_kana} ${name.first_kana}`
export const placeOf = ({ employment }: Ledger) => [employment?.department, employment?.type && choiceText('employment_type', employment.type)].filter(Boolean).join('　')
/** 380千円: standard remuneration is in whole thousands. */
export const thousands = (yen: number | null | undefined) => (yen == null ? '' : yen % 1000 ? t('common.unit.yen', { n: yen }) : t('employees.thousand', { n: yen / 1000 }))
export function addressOf({ address: a }: Ledger): string {
  if (!a) return ''
  const text = [a.prefecture, a.city, a.street].filter(Boolean).join('')
  return [a.postal_code && `〒${a.postal_code}`, [text, a.building].filter(Boolean).join(' ')].filter(Boolean).join('　')
}
