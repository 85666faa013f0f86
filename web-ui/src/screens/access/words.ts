import type { Day, HoursOfClass, Window } from '../../api/access'
import type { AccountClass } from '../../api/policies'
import { t } from '../../i18n'

export const classes: AccountClass[] = ['administrator', 'staff', 'client', 'employee']
export const week: Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** 月〜金, or 月・水・金 */
export function daysText(days: Day[]): string {
  const at = week.map((day) => days.includes(day))
  const first = at.indexOf(true)
  const last = at.lastIndexOf(true)
  const run = first >= 0 && last - first >= 2 && at.slice(first, last + 1).every(Boolean)
  const name = (i: number) => t(`access.day.${week[i] ?? 'mon'}`)
  if (run) return t('access.days_from_to', { from: name(first), to: name(last) })
  return week.flatMap((_, i) => (at[i] ? [name(i)] : [])).join(t('access.days_and'))
}
export const windowText = ({ days, from, to }: Window) => t('access.window', { days: daysText(days), from, to })
export const hoursText = ({ mode, windows }: HoursOfClass) =>
  mode === 'off' ? t('access.hours_any') : windows.map(windowText).join(t('access.windows_and'))

/** "2026-11-20T22:00" of a date-time box is Japanese time, wherever the browser stands. */
export const instantOf = (text: string) => Math.floor(Date.parse(`${text}:00+09:00`) / 1000)
export const boxOf = (instant: number) => new Date((instant + 9 * 3600) * 1000).toISOString().slice(0, 16)
