// Refusals that need not be the end of a call: something is done about them, and the call is repeated, once for each code.
import { Problem } from './problem'

export type Sent = {
  /** what tokenAge() was when the call was sent */
  age: number
  /** its own answer brings the new token: it must not wait for that */
  renews: boolean
}
/** True: the call is repeated. */
type Remedy = (sent: Sent) => Promise<boolean>
const remedies = new Map<string, Remedy>()
export const remedy = (code: string, act: Remedy) => { remedies.set(code, act) }

let age = 0
/** How often the session has got a new token since the page was opened. */
export const tokenAge = () => age
export const tokenIsNew = () => { age += 1 }

let renewing: Promise<unknown> = Promise.resolve()
/** Around each call whose answer brings a new cookie and token: what the old ones were refused for waits for it. */
export function renewal<T>(answer: Promise<T>): Promise<T> {
  renewing = answer.catch(() => {})
  return answer
}
/** True when the session went on under a new token after the call had been sent. */
export async function overtaken(sent: Sent): Promise<boolean> {
  if (!sent.renews) await renewing
  return age > sent.age
}

export async function withRemedies<T>(send: () => Promise<T>, renews = false): Promise<T> {
  const tried = new Set<string>()
  for (;;) {
    const sent = { age, renews }
    try {
      return await send()
    } catch (fault) {
      const code = fault instanceof Problem ? fault.code : ''
      const act = tried.has(code) ? undefined : remedies.get(code)
      tried.add(code)
      if (!act || !(await act(sent))) throw fault
    }
  }
}
