import { QueryClient } from '@tanstack/react-query'
import { Problem } from './problem'

/** Server state of the whole app. What the daemon refuses is not asked again; a lost connection is tried twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (times, fault) => times < 2 && fault instanceof Problem && (fault.status === 0 || fault.status === 503),
    },
  },
})
