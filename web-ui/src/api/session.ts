import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { keepLanguage } from '../i18n'
import { renewal } from './again'
import { get, post, put, remove, setCsrfToken, whenNotPermitted, whenTokenWrong } from './client'
import { forget } from './memory'
import { queries } from './queries'

export type Session = components['schemas']['SessionView']
export type Stage = Session['stage']
export type Right =
  | 'account.view' | 'account.manage' | 'account.client' | 'assignment.manage' | 'role.manage' | 'grant.approve' | 'review.sign' | 'client.view' | 'client.edit' | 'client.create' | 'employee.view' | 'employee.edit' | 'document.view' | 'document.edit'
  | 'import.run' | 'export.run' | 'backup.view' | 'backup.run' | 'job.view' | 'status.view' | 'policy.manage' | 'device.manage'
  | 'support.view' | 'support.request' | 'support.approve' | 'token.manage'

// Whether this browser has a session at all: without this the first question of every visit would be refused.
const storageKey = 'kuramori.session'
export const hasSession = () => localStorage.getItem(storageKey) !== null
export const forgetSession = () => localStorage.removeItem(storageKey)

const known = (session: Session) => {
  localStorage.setItem(storageKey, 'open')
  setCsrfToken(session.csrf_token)
  return session
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => known(await get('/api/v1/session')),
  staleTime: Infinity,
})
/** The person at the screen. Only below the shell, which is not entered without a session. */
export const useSession = () => useSuspenseQuery(sessionQuery).data
export const useMay = () => {
  const { rights } = useSession()
  return (right: Right) => rights.includes(right)
}

const show = (session: Session) => {
  queries.setQueryData(sessionQuery.queryKey, known(session))
  return session
}
const begin = (session: Session) => {
  queries.clear() // nothing of another person's session stays
  forget()
  return show(session)
}
/** For the other ways in (passkeys.ts): somebody has signed in; the session goes on under a new token. */
export const enterWith = begin
export const goOnWith = show
export const signIn = (login_id: string, password: string) =>
  renewal(post('/api/v1/session', { body: { login_id, password }, renews: true }).then(begin))

// The steps after the password. Each answers with the session under a new cookie and token.
export const giveSecondFactor = (code: string) => renewal(post('/api/v1/session/second-factor', { body: { code }, renews: true }).then(show))
export const replacePassword = (password: string) => renewal(put('/api/v1/session/password', { body: { password }, renews: true }).then(show))
/** The first code of a new authenticator app. Resolves to the recovery codes, which nobody gets to see again. */
export const confirmSecondFactor = (code: string) =>
  renewal(post('/api/v1/own/second-factor/confirm', { body: { code }, renews: true }).then(({ codes, session }) => {
    show(session)
    return codes
  }))
export const proveAgain = (password: string, code: string) =>
  renewal(post('/api/v1/session/proof', { body: { password, ...(code && { code }) }, renews: true }).then(show))
/** What the person changed of the own account, where the answer does not carry the session. */
export const changeSession = (change: Partial<Session>) =>
  queries.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, ...change })

let refreshing: Promise<boolean> | undefined
whenTokenWrong(() => {
  const before = queries.getQueryData(sessionQuery.queryKey)
  refreshing ??= get('/api/v1/session', { renews: true }).then((session) => {
    const same = !before || before.account_id === session.account_id
    if (same) show(session)
    else location.reload() // somebody else has signed in in another tab: nothing on this screen is theirs
    return same
  }).catch(() => false).finally(() => { refreshing = undefined })
  return refreshing
})

whenNotPermitted(() => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }))

/** `leave` goes to a screen that asks nothing; what is still on the screen would ask again for what is cleared. */
export async function signOut(leave: () => Promise<void>) {
  await remove('/api/v1/session')
  forgetSession()
  keepLanguage()
  await leave()
  setCsrfToken('')
  queries.clear()
  forget()
}

export async function changePassword(body: components['schemas']['PasswordChange']) {
  await post('/api/v1/session/password', { body })
  changeSession({ password_days_left: null })
}

/** Whether the office still waits for its first administrator. */
export const useSetupState = () =>
  useQuery({ queryKey: ['setup'], queryFn: () => get('/api/v1/setup'), staleTime: 60_000 }).data
export const setUpFirst = (body: components['schemas']['FirstSetup']) => renewal(post('/api/v1/setup', { body, renews: true }).then(begin))
export const setUpAccount = (body: components['schemas']['AccountSetup']) => renewal(post('/api/v1/setup/account', { body, renews: true }).then(begin))
