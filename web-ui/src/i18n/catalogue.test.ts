import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { en } from './en'
import { ja } from './ja'

/** What a message takes: the names of its values and of its tags, whatever their order and plural forms. */
function taken(parts: MessageFormatElement[], found = new Set<string>()): string[] {
  for (const part of parts) {
    if (part.type === TYPE.tag) {
      found.add(`<${part.value}>`)
      taken(part.children, found)
    } else if (part.type !== TYPE.literal && part.type !== TYPE.pound) found.add(part.value)
    if (part.type === TYPE.plural || part.type === TYPE.select) Object.values(part.options).forEach((option) => taken(option.value, found))
  }
  return [...found].sort()
}
const shape = (catalogue: Record<string, string>) => Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, taken(parse(text))]))

describe('a catalogue', () => {
  it('has each key in one file only', () => {
    for (const files of [import.meta.glob('./ja/*.ts', { eager: true }), import.meta.glob('./en/*.ts', { eager: true })]) {
      const keys = Object.values(files).flatMap((file) => Object.keys(Object.values(file as Record<string, object>)[0]))
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
    }
  })
})

describe('the English catalogue', () => {
  it('has the keys of the Japanese one, no more and no fewer', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort())
  })

  it('takes the same values and tags in every message', () => {
    expect(shape(en)).toEqual(shape(ja))
  })

  it('has no empty text: its key would be shown', () => {
    expect(Object.entries(en).filter(([, text]) => text === '')).toEqual([])
  })

  it('is English', () => {
    const samples = new Set(['top.language', 'product.latin']) // the name of the other language, the name in the other script
    const sentences = Object.entries(en).filter(([key, text]) => !samples.has(key) && /[ぁ-ん]/.test(text))
    expect(sentences).toEqual([])
  })
})
