import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { address, download, get, post } from './client'

export type LedgerLine = components['schemas']['LedgerLine']
export type Review = components['schemas']['Review']
export type ReviewLine = components['schemas']['ReviewLine']
export type ReviewSummary = components['schemas']['ReviewSummary']
export type Verdict = components['schemas']['Verdict']

export const useAccountLedger = () => useQuery({ queryKey: ['account-ledger'], queryFn: () => get('/api/v1/account-ledger') })
export const downloadAccountLedger = (name: string) => download(address('/api/v1/account-ledger.csv'), name)

export const useReviews = () => useQuery({ queryKey: ['reviews'], queryFn: async () => (await get('/api/v1/account-reviews')).reviews })
export const useReview = (id: number | undefined) =>
  useQuery({ queryKey: ['reviews', id], enabled: id !== undefined, queryFn: () => get('/api/v1/account-reviews/{review_id}', { at: { review_id: id ?? 0 } }) })
export const openReview = () => post('/api/v1/account-reviews')
export const signLine = (review_id: number, account_id: number, verdict: Verdict, comment: string) =>
  post('/api/v1/account-reviews/{review_id}/lines/{account_id}', { at: { review_id, account_id }, body: { verdict, comment } })
