import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { post } from './client'

export type Found = components['schemas']['Found']

/** A typed text some moments after the last key: a question for each pause, not for each key. */
export function useSettled(text: string, wait = 150): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    if (text === '') return setSettled('')
    const timer = setTimeout(() => setSettled(text), wait)
    return () => clearTimeout(timer)
  }, [text, wait])
  return settled
}

const nothing: Found = { clients: [], employees: [] }
/** Clients and people of all clients by prefix of name, kana, code or number. */
export function useSearch(typed: string): { found: Found; waiting: boolean } {
  const text = useSettled(typed.trim())
  const { data, isFetching } = useQuery({
    queryKey: ['search', text], enabled: text !== '', placeholderData: keepPreviousData, gcTime: 30_000,
    queryFn: ({ signal }) => post('/api/v1/search', { body: { text, limit: 20 }, signal }),
  })
  return { found: (text && data) || nothing, waiting: isFetching || text !== typed.trim() }
}
