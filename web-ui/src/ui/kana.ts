// Folding for comparison and for input of kana and numbers. Names themselves are never changed.

const hyphens = /[‐‑‒–—―−－]/g

/** Hiragana and half-width kana to full-width katakana; nothing else changes. */
export const toKatakana = (text: string) =>
  text
    .replace(/[ｦ-ﾟ]+/g, (half) => half.normalize('NFKC'))
    .replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 96))

/** Full-width digits, letters and the hyphen zoo to ASCII: for numbers, codes, telephone, postal code. */
export const toAsciiNumber = (text: string) =>
  text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(hyphens, '-')
    .replace(/(?<=\d)ー(?=\d)/g, '-')
    .replace(/　/g, ' ')
    .trim()

/** One form for searching screens: width, case, hiragana and spaces folded. */
export const searchForm = (text: string) => toKatakana(text.normalize('NFKC')).replace(/\s/g, '').toLowerCase()

// Variant kanji that an IME may not offer. Only the comparison of a typed confirmation is folded.
const variants: Record<string, string> = {
  髙: '高', 﨑: '崎', 濵: '浜', 濱: '浜', 邉: '辺', 邊: '辺', 齋: '斎', 齊: '斉', 𠮷: '吉', 麵: '麺', 德: '徳', 塚: '塚',
}

const nameForm = (text: string) =>
  [...text.replace('㈱', '株式会社').normalize('NFKC').replace('(株)', '株式会社').replace(/\s/g, '')].map((c) => variants[c] ?? c).join('')

/** True when a person would call the two the same name: nobody should need a rare glyph to confirm a step. */
export const sameName = (a: string, b: string) => nameForm(a) === nameForm(b)
