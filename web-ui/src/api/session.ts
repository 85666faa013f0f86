import { queryOptions, useQuery, useSuspenseQuery, type QueryClient } from '@tanstack/react-query'
import type { components } from './schema'
import { keepLanguage } from '../i18n'
import { get, post, remove, setCsrfToken } from './client'
import { forget } from './memory'

export type Session = components['schemas']['SessionView']
export type Right =
  | 'account.manage' | 'client.view' | 'client.edit' | 'client.create' | 'employee.view' | 'employee.edit' | 'document.view' | 'document.edit'
  | 'import.run' | 'export.run' | 'backup.view' | 'backup.run' | 'job.view' | 'status.view'

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

const begin = (queries: QueryClient, session: Session) => {
  queries.clear() // nothing of another person's session stays
  forget()
  queries.setQueryData(sessionQuery.queryKey, known(session))
}
export async function signIn(queries: QueryClient, login_id: string, password: string) {
  begin(queries, await post('/api/v1/session', { body: { login_id, password } }))
}
/** `leave` goes to a screen that asks nothing; what is still on the screen would ask again for what is cleared. */
export async function signOut(queries: QueryClient, leave: () => Promise<void>) {
  await remove('/api/v1/session')
  forgetSession()
  keepLanguage()
  await leave()
  setCsrfToken('')
  queries.clear()
  forget()
}

export const changePassword = (body: components['schemas']['PasswordChange']) => post('/api/v1/session/password', { body })

/** Whether the office still waits for its first administrator. */
export const useSetupState = () =>
  useQuery({ queryKey: ['setup'], queryFn: () => get('/api/v1/setup'), staleTime: 60_000 }).data
export async function setUpFirst(queries: QueryClient, body: components['schemas']['FirstSetup']) {
  begin(queries, await post('/api/v1/setup', { body }))
}
export async function setUpAccount(queries: QueryClient, body: components['schemas']['AccountSetup']) {
  begin(queries, await post('/api/v1/setup/account', { body }))
}
