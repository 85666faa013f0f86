// 本人確認 (step-up): the daemon asks for a fresh proof of the person before steps that reach far. One question at a time,
// however many calls wait for its answer; a call that was refused before the last proof is simply repeated.
import { remedy, tokenAge } from './again'

type Answer = (proved: boolean) => void

let waiting: Promise<boolean> | undefined
let open: Answer | undefined
let provedAt = -1
const watchers = new Set<() => void>()
const show = (next: Answer | undefined) => {
  open = next
  watchers.forEach((call) => call())
}

export function askForProof(): Promise<boolean> {
  if (watchers.size === 0) return Promise.resolve(false) // no screen that could ask
  waiting ??= new Promise<boolean>((settle) => show(settle)).then((proved) => {
    waiting = undefined
    if (proved) provedAt = tokenAge()
    return proved
  })
  return waiting
}

/** The person has answered, or does not want to. */
export function answerProof(proved: boolean) {
  const settle = open
  show(undefined)
  settle?.(proved)
}

/** For the dialog that asks. */
export const isProofAsked = () => open !== undefined
export function watchProof(call: () => void) {
  watchers.add(call)
  return () => {
    watchers.delete(call)
    if (watchers.size === 0) answerProof(false) // the screen is gone, and with it the question
  }
}

remedy('proof_needed', (sent) => (provedAt > sent.age ? Promise.resolve(true) : askForProof()))
