import { useQuery } from '@tanstack/react-query'
import { get } from './client'

/** Counts, the ages of backup and proof, and what to do next: also on the top bar of every screen. */
export const useHome = () => useQuery({ queryKey: ['home'], queryFn: () => get('/api/v1/home'), refetchInterval: 60_000 })
