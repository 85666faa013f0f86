import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, put } from './client'

export type AccountClass = components['schemas']['AccountClass']
export type ClassPolicy = components['schemas']['ClassPolicy']
export type PolicyOfClass = components['schemas']['PolicyOfClass']

/** 認証ポリシー: what passwords, lockouts and the second factor are asked for, by class of accounts. */
export const usePolicies = () => useQuery({ queryKey: ['policies'], queryFn: () => get('/api/v1/policies') })
export const setPolicy = (account_class: AccountClass, rules: ClassPolicy, version: number) =>
  put('/api/v1/policies', { body: { account_class, rules }, version })
