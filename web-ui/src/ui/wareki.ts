// Strict dates in 西暦 and 和暦. The day must exist and lie inside its era: 昭和65年1月1日 is an error, not 1990.

type Era = { name: string; letter: string; first: number; yearOne: number }

/** Newest first. 明治 counts from 1868, but its calendar is solar (and so comparable) only from 1873. */
const eras: Era[] = [
  { name: '令和', letter: 'R', first: 20190501, yearOne: 2019 },
  { name: '平成', letter: 'H', first: 19890108, yearOne: 1989 },
  { name: '昭和', letter: 'S', first: 19261225, yearOne: 1926 },
  { name: '大正', letter: 'T', first: 19120730, yearOne: 1912 },
  { name: '明治', letter: 'M', first: 18730101, yearOne: 1868 },
]
const lastYear = 2199

export type DateFault = { why: 'format' | 'no_such_day' | 'range' } | { why: 'era'; era: string; last: number }
export type ParsedDate = { iso: string } | { fault: DateFault }

const pad = (n: number, width: number) => String(n).padStart(width, '0')
const number = (iso: string) => Number(iso.replaceAll('-', ''))

/** Width, hyphens and 元年 folded; nothing else. */
const fold = (text: string) =>
  text.normalize('NFKC').replace(/[‐‑‒–—―−ー－]/g, '-').replace(/元年/, '1年').replace(/\s/g, '')

export function parseDate(text: string): ParsedDate {
  const folded = fold(text)
  const japanese = /^(令和|平成|昭和|大正|明治|[RHSTM])\.?(\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?$/i.exec(folded)
  if (japanese) {
    const at = eras.findIndex((e) => e.name === japanese[1] || e.letter === japanese[1].toUpperCase())
    const era = eras[at]
    const [year, month, day] = [era.yearOne - 1 + Number(japanese[2]), Number(japanese[3]), Number(japanese[4])]
    const parsed = existing(year, month, day)
    const next = eras[at - 1]
    const beyond = next && (year > next.yearOne || ('iso' in parsed && number(parsed.iso) >= next.first))
    if (beyond) return { fault: { why: 'era', era: era.name, last: next.yearOne - era.yearOne + 1 } }
    if ('iso' in parsed && number(parsed.iso) < era.first) return { fault: { why: 'no_such_day' } }
    return parsed
  }
  const western = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(folded) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(folded)
  if (!western) return { fault: { why: 'format' } }
  return existing(Number(western[1]), Number(western[2]), Number(western[3]))
}

function existing(year: number, month: number, day: number): ParsedDate {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return { fault: { why: 'no_such_day' } }
  }
  if (year * 10000 + month * 100 + day < 18730101 || year > lastYear) return { fault: { why: 'range' } }
  return { iso: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` }
}

export const isIsoDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && 'iso' in parseDate(text)

/** 2025-04-01 -> 2025/04/01 */
export const slashDate = (iso: string) => iso.replaceAll('-', '/')

/** 2025-04-01 -> 令和7年 */
export function eraYear(iso: string): string {
  const era = eras.find((e) => number(iso) >= e.first)
  if (!era) return ''
  const year = Number(iso.slice(0, 4)) - era.yearOne + 1
  return `${era.name}${year === 1 ? '元' : year}年`
}
