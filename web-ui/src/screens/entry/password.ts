// The rules that are shown while typing: the same as the daemon's, which decides.
export const order = ['length', 'name', 'variety', 'match'] as const
export type Rule = (typeof order)[number]
export const allMet = (rules: Record<Rule, boolean>) => order.every((rule) => rules[rule])

const oneRun = (text: string) => {
  let steps = 0
  for (let i = 1; i < text.length; i += 1) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1)
    if (step === 1 || step === -1 || (text[i - 1] === '9' && text[i] === '0')) steps += 1
  }
  return steps + 2 >= text.length
}
const obvious = ['kuramori', 'password', 'sharoushi', 'qwertyuiop']

export function passwordRules(password: string, again: string, names: string[]): Record<Rule, boolean> {
  const folded = password.toLowerCase()
  const words = [...names.map((name) => name.toLowerCase()).filter((name) => name.length >= 4), ...obvious]
  const length = [...password].length
  return {
    length: length >= 15 && length <= 128,
    name: password !== '' && !words.some((word) => folded.includes(word)),
    variety: new Set(folded).size >= 5 && !oneRun(folded),
    match: password !== '' && password === again,
  }
}
