import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, post, remove } from './client'

// What everybody sees and changes of their own account, and of no other.
export type SessionRow = components['schemas']['SessionRow']
export type Attempt = components['schemas']['Attempt']
export type AttemptRow = components['schemas']['AttemptRow']

export const useOwnSessions = () =>
  useQuery({ queryKey: ['own', 'sessions'], queryFn: async () => (await get('/api/v1/own/sessions')).sessions, refetchInterval: 60_000 })
export const endSession = (id: number) => remove('/api/v1/own/sessions/{session_id}', { at: { session_id: id } })
export const endOtherSessions = () => post('/api/v1/own/sessions/end-others')

export const useSignIns = (page: number, size: number) =>
  useQuery({
    queryKey: ['own', 'sign-ins', page, size], queryFn: () => get('/api/v1/own/sign-ins', { query: { page, size } }), placeholderData: keepPreviousData,
  })

export const useSecondFactor = () => useQuery({ queryKey: ['own', 'second-factor'], queryFn: () => get('/api/v1/own/second-factor') })
/** A new secret for the authenticator app. Each question kills the secret before, so the answer is kept while it is looked at, and no longer. */
export const useTotpOffer = () =>
  useQuery({
    queryKey: ['own', 'totp-offer'], queryFn: () => post('/api/v1/own/second-factor'), staleTime: Infinity, gcTime: 0, retry: false, refetchOnReconnect: false,
  })
export const removeSecondFactor = () => remove('/api/v1/own/second-factor')
export const renewRecoveryCodes = async () => (await post('/api/v1/own/recovery-codes')).codes
