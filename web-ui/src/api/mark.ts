import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ClientMark } from '../ui'
import { get } from './client'
import { hue } from './clients'

const clientQuery = (id: number) => queryOptions({ queryKey: ['client', id], queryFn: () => get('/api/v1/clients/{client_id}', { at: { client_id: id } }) })

/** Code, name and colour of a client: what every dialog about it repeats on top. */
export function useClientMark(id: number | undefined): ClientMark | undefined {
  const { data } = useQuery({ ...clientQuery(id ?? 0), enabled: id !== undefined })
  return data && { code: data.code, name: data.name, hue: hue(data) }
}
