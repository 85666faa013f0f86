import { describe, expect, it, vi } from 'vitest'
import { renewal, tokenIsNew, withRemedies } from './again'
import { whenSignedOut, whenTokenWrong } from './client'
import { Problem } from './problem'

const out = () => new Problem(401, { code: 'sign_in_needed' })
const stale = () => new Problem(403, { code: 'csrf_token_wrong' })

describe('a call that the session overtook', () => {
  it('is repeated under the new token instead of signing the person out', async () => {
    const signedOut = vi.fn()
    whenSignedOut(signedOut)
    let arrive = () => {}
    const proof = renewal(new Promise<void>((done) => { arrive = () => { tokenIsNew(); done() } }))
    let calls = 0
    const poll = withRemedies(() => (++calls === 1 ? Promise.reject(out()) : Promise.resolve('polled')))
    arrive() // the answer to the proof comes after the refusal of the old cookie
    await proof
    expect(await poll).toBe('polled')
    expect(signedOut).not.toHaveBeenCalled()
  })
  it('signs out when the session is really over', async () => {
    const signedOut = vi.fn()
    whenSignedOut(signedOut)
    await expect(withRemedies(() => Promise.reject(out()))).rejects.toMatchObject({ status: 401 })
    expect(signedOut).toHaveBeenCalledOnce()
  })
  it('does not wait for itself', async () => {
    whenSignedOut(() => {})
    await expect(renewal(withRemedies(() => Promise.reject(out()), true))).rejects.toMatchObject({ status: 401 })
  })
  it('fetches the token that another tab has got', async () => {
    const refresh = vi.fn(() => { tokenIsNew(); return Promise.resolve(true) })
    whenTokenWrong(refresh)
    let calls = 0
    expect(await withRemedies(() => (++calls === 1 ? Promise.reject(stale()) : Promise.resolve('saved')))).toBe('saved')
    expect(refresh).toHaveBeenCalledOnce()
  })
  it('leaves other refusals alone', async () => {
    await expect(withRemedies(() => Promise.reject(new Problem(409, { code: 'version_conflict' })))).rejects.toMatchObject({ code: 'version_conflict' })
  })
})
