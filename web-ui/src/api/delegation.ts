import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, newKey, post } from './client'

export type SupportGrant = components['schemas']['SupportGrant']
export type SupportWish = components['schemas']['SupportWish']
export type SupportOpened = components['schemas']['SupportOpened']
export type Token = components['schemas']['Token']
export type TokenWish = components['schemas']['TokenWish']

export const supportKey = ['support'] as const
export const useSupport = () => useQuery({ queryKey: supportKey, queryFn: async () => (await get('/api/v1/support-grants')).grants })
export const requestSupport = (body: SupportWish) => post('/api/v1/support-grants', { body, key: newKey() })
export const approveSupport = (id: number) => post('/api/v1/support-grants/{support_id}/approve', { at: { support_id: id } })
export const refuseSupport = (id: number) => post('/api/v1/support-grants/{support_id}/refuse', { at: { support_id: id } })
export const revokeSupport = (id: number) => post('/api/v1/support-grants/{support_id}/revoke', { at: { support_id: id } })

export const tokensKey = ['tokens'] as const
export const useTokens = () => useQuery({ queryKey: tokensKey, queryFn: async () => (await get('/api/v1/tokens')).tokens })
export const createToken = (body: TokenWish) => post('/api/v1/tokens', { body })
export const revokeToken = (id: number) => post('/api/v1/tokens/{token_id}/revoke', { at: { token_id: id } })
