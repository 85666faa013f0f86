// The Japanese catalogue and help against the SmartHR writing rules. A package of its own: its dictionaries weigh more
// than everything that builds the UI.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { createLinter } from 'textlint'
import { moduleInterop } from '@textlint/module-interop'
import { TextlintKernelDescriptor } from '@textlint/kernel'
import markdown from '@textlint/textlint-plugin-markdown'

const src = join(import.meta.dirname, '../src')
const preset = createRequire(import.meta.url)('textlint-rule-preset-smarthr')
const without = new Set([
  '@textlint-rule/pattern', // about SmartHR's own screens
  'ja-no-mixed-period', // labels and list items are no sentences
])
const ours = ['在籍中'] // words of the ledger that the dictionary would put otherwise
const linter = createLinter({
  descriptor: new TextlintKernelDescriptor({
    rules: Object.entries(preset.rules).filter(([id]) => !without.has(id))
      .map(([ruleId, rule]) => ({ ruleId, rule: moduleInterop(rule), options: preset.rulesConfig[ruleId] ?? true })),
    plugins: [{ pluginId: 'markdown', plugin: moduleInterop(markdown), options: true }],
    filterRules: [],
  }),
})

/** [where, text] of every message: ICU places become something that reads like what comes there. */
function* catalogue() {
  for (const file of readdirSync(join(src, 'i18n/ja'))) {
    for (const [, key, text] of readFileSync(join(src, 'i18n/ja', file), 'utf8').matchAll(/^ {2}'([^']+)': '(.*)',$/gm)) {
      yield [key, text.replace(/\{\w+, number\}/g, '5').replace(/\{[^}]+\}/g, '○○').replace(/<\/?\w+>/g, '').replace(/[[\]\\*_]/g, '\\$&')
        .replace(/(?<!？)　/g, '、').replace(/"/g, '')]
    }
  }
}
function* help() {
  for (const file of readdirSync(join(src, 'screens/help/ja'))) {
    for (const [, id, body] of readFileSync(join(src, 'screens/help/ja', file), 'utf8').matchAll(/id: '([a-z-]+)'[^`]+`\n([^`]+)`/g)) {
      yield [`help/${id}`, body.replace(/^\$ .*$/gm, '').replace(/\[\[(.+?)\]\]/g, '$1').replace(/^! /gm, '')]
    }
  }
}

let found = 0
for (const [where, text] of [...catalogue(), ...help()]) {
  const { messages } = await linter.lintText(text, `${where}.md`)
  for (const { ruleId, message, loc } of messages) {
    if (ruleId === 'prh-rules' && ours.some((word) => message.startsWith(word))) continue
    found += 1
    console.log(`${where}:${loc.start.line}  ${text.split('\n')[loc.start.line - 1]}\n    ${message.split('\n')[0]}  (${ruleId})`)
  }
}
console.log(found ? `${found} findings` : 'the Japanese texts follow the rules')
process.exit(found ? 1 : 0)
