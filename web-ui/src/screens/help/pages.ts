import { language, type Key } from '../../i18n'

export const groups = ['start', 'work', 'csv', 'guard', 'office'] as const
export type HelpPage = { id: string; group: (typeof groups)[number]; title: string; keywords: string; body: string }
export const groupTitle = (group: HelpPage['group']): Key => `help.group.${group}`

// The forms of a body: "## " heading, "- " list, "1. " steps, "$ " commands, "! " what must not be missed, a blank line
// between paragraphs; **bold**, [[Ctrl]] key, `code`, [text](id of a page).

/** The manual in the language of the screen; fetched only when help is opened. */
export const loadPages = async (): Promise<HelpPage[]> =>
  (language() === 'en' ? await import('./en') : await import('./ja')).pages
