// The rules that are shown while typing: the daemon's, as they are set at first. The office may have set others, so the
// daemon decides; only two different entries are not sent at all.
export const order = ['length', 'kinds', 'name', 'variety', 'match'] as const
export type Rule = (typeof order)[number]

const short = 10
const long = 15 // characters from which kinds are not asked for
const longest = 128
const oneRun = (text: string) => {
  let steps = 0
  for (let i = 1; i < text.length; i += 1) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1)
    if (step === 1 || step === -1 || (text[i - 1] === '9' && text[i] === '0')) steps += 1
  }
  return steps + 2 >= text.length
}
const kinds = (text: string) => [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(text)).length
const obvious = ['kuramori', 'sharoushi', '社労士', '蔵守', 'password', 'パスワード', 'qwertyuiop']
/** "sasaki.mari" → itself, "sasaki", "mari"; parts of fewer than four letters are in too many words. */
const guesses = (name: string) => {
  const plain = name.normalize('NFKC').toLowerCase()
  return [plain, plain.replaceAll(' ', ''), ...plain.split(/[ .,\-_@/]/)].filter((word) => [...word].length >= 4)
}

export function passwordRules(password: string, again: string, names: string[]): Record<Rule, boolean> {
  const folded = password.normalize('NFKC').toLowerCase()
  const words = [...names.flatMap(guesses), ...obvious]
  const length = [...password].length
  return {
    length: length >= short && length <= longest,
    kinds: length >= long || kinds(password) >= 3,
    name: password !== '' && !words.some((word) => folded.includes(word)),
    variety: new Set(folded).size >= 5 && !oneRun(folded),
    match: password !== '' && password === again,
  }
}
