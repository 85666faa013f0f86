import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages as en } from './en'
import { pages as ja } from './ja'

const ids = ja.map((page) => page.id)
const linked = (bodies: string[]) => bodies.flatMap((body) => [...body.matchAll(/\]\(([a-z-]+)\)/g)].map((match) => match[1]))

describe('the help', () => {
  it('has the same pages in both languages', () => {
    expect(en.map((page) => [page.id, page.group])).toEqual(ja.map((page) => [page.id, page.group]))
  })
  it('gives the same commands in both languages', () => {
    const commands = (body: string) => [...body.matchAll(/^\$ (?:sudo )?(\S+ \S+)/gm)].map((match) => match[1])
    expect(en.map((page) => commands(page.body))).toEqual(ja.map((page) => commands(page.body)))
  })
  it('links only to its own pages', () => {
    expect(linked([...ja, ...en].map((page) => page.body)).filter((id) => !ids.includes(id))).toEqual([])
  })
  it('has the page that each screen opens', () => {
    const screens = join(import.meta.dirname, '..')
    const asked = (readdirSync(screens, { recursive: true }) as string[]).filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => [...readFileSync(join(screens, name), 'utf8').matchAll(/(?:\bhelp="|page: ')([a-z-]+)["']/g)].map((match) => match[1]))
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.filter((id) => !ids.includes(id))).toEqual([])
  })
})
