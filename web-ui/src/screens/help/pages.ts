import { language } from '../../i18n'

export type HelpPage = { id: string; title: string; keywords: string; body: string }

/** The manual in the language of the screen; fetched only when help is opened. */
export const loadPages = async (): Promise<HelpPage[]> =>
  (language() === 'en' ? await import('./pages.en') : await import('./pages.ja')).pages
