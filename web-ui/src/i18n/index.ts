import { createIntl, createIntlCache, type IntlShape } from 'react-intl'
import type { ReactNode } from 'react'
import { ja } from './ja'

export type Key = keyof typeof ja
export type Language = 'ja' | 'en'
type Plain = string | number | Date | null | undefined

const storageKey = 'kuramori.language'
const cache = createIntlCache()
let intl: IntlShape = createIntl({ locale: 'ja', messages: ja }, cache)

export const language = (): Language => (intl.locale === 'en' ? 'en' : 'ja')
export const messages = () => intl.messages as Record<string, string>

/** Japanese is in the first load; another language is fetched before the first paint. */
export async function startLanguage() {
  if (localStorage.getItem(storageKey) !== 'en') return
  const { en } = await import('./en')
  intl = createIntl({ locale: 'en', messages: en }, cache)
}
export function chooseLanguage(next: Language) {
  localStorage.setItem(storageKey, next)
  location.reload()
}
/** Signing out clears everything that the browser has stored for this server; the language is the machine's, not the person's. */
export const keepLanguage = () => localStorage.setItem(storageKey, language())

/** The text of a catalogue key. */
export const t = (key: Key, values?: Record<string, Plain>): string => intl.formatMessage({ id: key }, values)

/** The same with elements in it: {name} may be an element, <b>…</b> is bold. */
export const rich = (key: Key, values?: Record<string, ReactNode | ((parts: ReactNode[]) => ReactNode)>): ReactNode =>
  intl.formatMessage({ id: key }, values as Record<string, never>) as ReactNode

/** Text of a key that is composed at run time (field names, codes of the server), or null when there is none. */
export const maybe = (key: string, values?: Record<string, Plain>): string | null =>
  Object.hasOwn(intl.messages, key) ? t(key as Key, values) : null
