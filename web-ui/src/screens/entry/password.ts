import type { components } from '../../api/schema'

// The rules that are shown while typing: the daemon's, but for the list of common words. It decides.
export const order = ['length', 'kinds', 'name', 'variety', 'match'] as const
export type Rule = (typeof order)[number]

export type Policy = components['schemas']['PasswordRules']
/** Until the daemon has told the office's own: what it asks for unless kuramori.yaml says otherwise. */
export const usualPolicy: Policy = { length: 10, kinds: 3, long_enough: 15 }

const oneRun = (text: string) => {
  let steps = 0
  for (let i = 1; i < text.length; i += 1) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1)
    if (step === 1 || step === -1 || (text[i - 1] === '9' && text[i] === '0')) steps += 1
  }
  return steps + 2 >= text.length
}
const substitutes: Record<string, string> = { '@': 'a', '0': 'o', '3': 'e', $: 's', '1': 'i', l: 'i' }
const asGuessed = (text: string) => text.toLowerCase().replace(/[@03$1l]/g, (c) => substitutes[c] ?? c)

/** “佐々木　真理子” → “佐々木真理子”; “sasaki.mari” → itself, “sasaki”, “mari”. */
const guesses = (name: string) =>
  [name.normalize('NFKC'), name.replace(/\s/gu, ''), ...name.normalize('NFKC').split(/[\s.,_@/-]/u)].filter((word) => [...word].length >= 4)
const obvious = ['kuramori', 'password', 'sharoushi', 'qwertyuiop', '社労士', '蔵守', 'パスワード']

export function passwordRules(password: string, again: string, names: string[], policy = usualPolicy): Record<Rule, boolean> {
  const guessed = asGuessed(password)
  const length = [...password].length
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length
  return {
    length: length >= policy.length && length <= 128,
    kinds: kinds >= policy.kinds || (policy.long_enough > 0 && length >= policy.long_enough),
    name: password !== '' && ![...names.flatMap(guesses), ...obvious].some((word) => guessed.includes(asGuessed(word))),
    variety: new Set(password.toLowerCase()).size >= 5 && !oneRun(password.toLowerCase()),
    match: password !== '' && password === again,
  }
}
