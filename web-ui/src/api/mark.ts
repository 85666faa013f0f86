import { useQuery } from '@tanstack/react-query'
import type { ClientMark } from '../ui'
import { clientQuery, markOf } from './clients'

/** Code, name and colour of a client: what every dialog about it repeats on top. */
export function useClientMark(id: number | undefined): ClientMark | undefined {
  const { data } = useQuery({ ...clientQuery(id ?? 0), enabled: id !== undefined })
  return data && markOf(data)
}
