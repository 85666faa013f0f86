import { afterEach, describe, expect, it, vi } from 'vitest'
import { tokenIsNew, withRemedies } from './again'
import { Problem } from './problem'
import { answerProof, isProofAsked, watchProof } from './proof'

const refused = () => new Problem(403, { code: 'proof_needed' })
/** A route that wants a fresh proof: refuses until `proved`. */
function route() {
  const seen = { proved: false, calls: 0 }
  const send = async () => {
    seen.calls += 1
    await Promise.resolve()
    if (!seen.proved) throw refused()
    return 'done'
  }
  return { seen, send }
}
const asked = () => vi.waitFor(() => expect(isProofAsked()).toBe(true))

describe('a call that needs a fresh proof of the person', () => {
  let leave = () => {}
  const enter = () => {
    const shown: boolean[] = []
    leave = watchProof(() => shown.push(isProofAsked()))
    return shown
  }
  afterEach(() => leave())

  it('is repeated after the proof, and its answer goes to the caller', async () => {
    enter()
    const { seen, send } = route()
    const answer = withRemedies(send)
    await asked()
    seen.proved = true
    tokenIsNew()
    answerProof(true)
    expect(await answer).toBe('done')
    expect(seen.calls).toBe(2)
  })
  it('ends with the refusal itself when the person does not want to', async () => {
    enter()
    const { seen, send } = route()
    const answer = withRemedies(send)
    await asked()
    answerProof(false)
    await expect(answer).rejects.toMatchObject({ status: 403, code: 'proof_needed' })
    expect(seen.calls).toBe(1)
  })
  it('shares one question with all the others', async () => {
    const shown = enter()
    const routes = [route(), route(), route()]
    const answers = routes.map(({ send }) => withRemedies(send))
    await asked()
    routes.forEach(({ seen }) => { seen.proved = true })
    tokenIsNew()
    answerProof(true)
    expect(await Promise.all(answers)).toEqual(['done', 'done', 'done'])
    expect(shown).toEqual([true, false])
  })
  it('is repeated without a question when it was refused before the last proof', async () => {
    const shown = enter()
    const { seen, send } = route()
    let refuseLate = () => {}
    const late = withRemedies(() => (seen.proved ? Promise.resolve('late') : new Promise<string>((_, reject) => { refuseLate = () => reject(refused()) })))
    const answer = withRemedies(send)
    await asked()
    seen.proved = true
    tokenIsNew()
    answerProof(true)
    await answer
    refuseLate()
    expect(await late).toBe('late')
    expect(shown).toEqual([true, false])
  })
  it('is asked about once a call only: a second refusal is the answer', async () => {
    enter()
    const { seen, send } = route()
    const answer = withRemedies(send)
    await asked()
    tokenIsNew()
    answerProof(true) // but the daemon refuses all the same
    await expect(answer).rejects.toMatchObject({ code: 'proof_needed' })
    expect(seen.calls).toBe(2)
  })
  it('does not wait for a dialog where there is none', async () => {
    const { send } = route()
    await expect(withRemedies(send)).rejects.toMatchObject({ code: 'proof_needed' })
  })
  it('is given up when the screen goes away', async () => {
    enter()
    const { send } = route()
    const answer = withRemedies(send)
    await asked()
    leave()
    await expect(answer).rejects.toMatchObject({ code: 'proof_needed' })
  })
})
