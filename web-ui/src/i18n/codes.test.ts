import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ja } from './ja'

// The daemon answers with codes; what people read is here. So the codes are looked up in its sources.
const daemon = join(import.meta.dirname, '../../../daemon')
const sources = (readdirSync(daemon, { recursive: true }) as string[])
  .filter((name) => /\.[ch]pp$/.test(name) && !/^(cli|demo|net)\//.test(name)) // none of these answers a screen
  .map((name) => readFileSync(join(daemon, name), 'utf8'))
const found = (pattern: RegExp) => [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1])))].sort()
const known = (key: string) => Object.hasOwn(ja, key)
const missing = (codes: string[], ...keys: ((code: string) => string)[]) => codes.filter((code) => !keys.some((key) => known(key(code)))).join(' ')

describe('every code of the daemon has its Japanese text:', () => {
  it('problems', () => {
    expect(missing(found(/(?:Fault::\w+,\s*|refuse\()"([a-z_]+[a-z])"/g), (code) => `error.${code}`)).toBe('')
  })
  it('faults of one field', () => {
    const codes = found(/"((?:bad|not_a|not_an|too|before|out_of|password|control|reserved|my_number|unknown)_[a-z_]+|code_wrong)"/g)
    expect(missing(codes, (code) => `fault.${code}`, (code) => `error.${code}`)).toBe('')
  })
  it('faults of a cell that is imported', () => {
    // the daemon's own texts are for the file of bad rows
    const texts = sources.find((text) => text.includes('text_of_fault(std::string const& code)')) ?? ''
    const codes = [...texts.matchAll(/^\s*\{"([a-z_]+)",\s*"/gm)].map((match) => match[1])
    expect(missing(codes, (code) => `fault.${code}`, (code) => `error.${code}`)).toBe('')
  })
  it('what a damaged backup is damaged in', () => {
    expect(missing(found(/\bFault\{"([a-z_]+)"/g), (code) => `error.backup_${code}`)).toBe('')
  })
  it('steps of jobs', () => {
    expect(missing(found(/\.step\("([a-z_]+)"/g), (step) => `job.step.${step}`)).toBe('')
  })
  it('kinds of jobs', () => {
    expect(missing(found(/\bsubmit\(\s*"([a-z_]+)"/g), (kind) => `job.kind.${kind}`)).toBe('')
  })
  it('tasks of the home page', () => {
    const tasks = found(/tasks\.push_back\(\{"([a-z_]+)"/g)
    expect(missing(tasks, (task) => `home.task.${task}`)).toBe('')
    expect(missing(tasks, (task) => `home.task.${task}.do`)).toBe('')
  })
})
