// How values are shown. Instants arrive as UTC; the office reads Japan time wherever the browser stands.
import { language, t } from '../i18n'
import { slashDate } from './wareki'

/** UTC seconds */
type Instant = number

const part = (at: Instant, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', ...options }).format(new Date(at * 1000))

/** 2026/11/20, of an instant or of an ISO date */
export const day = (at: Instant | string) =>
  typeof at === 'string' ? slashDate(at) : part(at, { year: 'numeric', month: '2-digit', day: '2-digit' })
/** 11/20 */
export const shortDay = (at: Instant) => part(at, { month: '2-digit', day: '2-digit' })
/** 18:42 */
export const clock = (at: Instant) => part(at, { hour: '2-digit', minute: '2-digit' })
/** 2026/11/20 18:42 */
export const moment = (at: Instant) => `${day(at)} ${clock(at)}`
/** 2026/11/20 18:42:07 */
export const exact = (at: Instant) => `${day(at)} ${part(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' })}`
/** 11月20日（金） or Fri, Nov 20 */
export const weekday = (at: Instant) => {
  if (language() === 'en') {
    return new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', weekday: 'short', month: 'short', day: 'numeric' }).format(new Date(at * 1000))
  }
  const shown = part(at, { month: 'long', day: 'numeric', weekday: 'short' })
  return shown.replace('(', '（').replace(')', '）')
}

/** 6時間前: the distance in words, for times in the past. */
export function ago(at: Instant, now = Date.now()): string {
  const seconds = Math.max(0, Math.floor(now / 1000 - at))
  if (seconds < 60) return t('ago.seconds', { n: seconds })
  if (seconds < 3600) return t('ago.minutes', { n: Math.floor(seconds / 60) })
  if (seconds < 48 * 3600) return t('ago.hours', { n: Math.floor(seconds / 3600) })
  return t('ago.days', { n: Math.floor(seconds / 86400) })
}

export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  if (s === 0) return t('duration.short')
  if (s < 60) return t('duration.seconds', { s })
  if (s < 3600) return t('duration.minutes', { m: Math.floor(s / 60), s: s % 60 })
  return t('duration.hours', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) })
}

/** Names arrive with a full-width blank between their parts; lists and heads show a narrow one. */
export const name = (stored: string) => stored.replaceAll('　', ' ')

export const count = (n: number) => n.toLocaleString('ja-JP')

export function bytes(n: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = n
  let at = 0
  while (value >= 1024 && at < units.length - 1) { value /= 1024; at += 1 }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`
}

/** Full years on a day; both ISO dates. */
export function age(birth: string, on = today()): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Today in Japan as an ISO date. */
export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())
