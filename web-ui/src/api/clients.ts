import { keepPreviousData, queryOptions, useQuery, type QueryClient } from '@tanstack/react-query'
import type { components } from './schema'
import { get, newKey, post, put, remove } from './client'

type Schemas = components['schemas']
export type Client = Schemas['Client']
export type ClientInput = Schemas['ClientInput']
export type ClientSearch = Schemas['ClientSearch']
export type ClientSummary = Schemas['ClientListItem']
export type Profile = Schemas['Profile']
export type Establishment = Schemas['Establishment']
export type EstablishmentInput = Schemas['EstablishmentInput']
export type HistoryItem = Schemas['HistoryItem']

/** The twelve colours of the stripe are counted from 1 (tokens.css), the daemon counts from 0. */
export const hue = (c: { colour: number }) => c.colour + 1
export const markOf = (c: { code: string; name: string; colour: number }) => ({ code: c.code, name: c.name, hue: hue(c) })

/** Names and codes that someone typed travel in the body: a URL would stay in logs and histories. */
export const useClients = (wanted: ClientSearch) =>
  useQuery({ queryKey: ['clients', wanted], queryFn: () => post('/api/v1/clients/search', { body: wanted }), placeholderData: keepPreviousData })

/** How many clients are in a state. */
export const useClientCount = (state: 'active' | 'ended') =>
  useQuery({ queryKey: ['clients', 'count', state], queryFn: async () => (await post('/api/v1/clients/search', { body: { state, size: 1 } })).total }).data

/** For pickers: every client that is still looked after. */
export const useAllClients = () =>
  useQuery({
    queryKey: ['clients', 'all'], staleTime: 60_000,
    queryFn: async () => {
      const all: ClientSummary[] = []
      for (let page = 1; ; page += 1) {
        const list = await post('/api/v1/clients/search', { body: { state: 'active', page, size: 200 } })
        all.push(...list.clients)
        if (all.length >= list.total || list.clients.length === 0) return all
      }
    },
  })

export const clientQuery = (id: number) => queryOptions({ queryKey: ['client', id], queryFn: () => get('/api/v1/clients/{client_id}', { at: { client_id: id } }) })
export const useClient = (id: number) => useQuery(clientQuery(id))

export const createClient = (body: ClientInput) => post('/api/v1/clients', { body, key: newKey() })
export const updateClient = (id: number, body: ClientInput, version: number) => put('/api/v1/clients/{client_id}', { at: { client_id: id }, body, version })
export const endClient = ({ id, version }: Client) => post('/api/v1/clients/{client_id}/end', { at: { client_id: id }, version })
export const resumeClient = ({ id, version }: Client) => post('/api/v1/clients/{client_id}/resume', { at: { client_id: id }, version })

/** After a change of a client: it, the lists that show it, the home screen. */
export async function clientChanged(queries: QueryClient, client: Client) {
  queries.setQueryData(clientQuery(client.id).queryKey, client)
  await Promise.all([['clients'], ['client', client.id, 'history'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
}

export const useClientHistory = (id: number) =>
  useQuery({ queryKey: ['client', id, 'history'], queryFn: async () => (await get('/api/v1/clients/{client_id}/history', { at: { client_id: id } })).items })

const places = '/api/v1/clients/{client_id}/establishments'
const place = `${places}/{establishment_id}` as const
export const establishmentsKey = (clientId: number) => ['client', clientId, 'establishments'] as const
export const useEstablishments = (clientId: number) =>
  useQuery({ queryKey: establishmentsKey(clientId), queryFn: async () => (await get(places, { at: { client_id: clientId } })).establishments })
export const createEstablishment = (clientId: number, body: EstablishmentInput) => post(places, { at: { client_id: clientId }, body, key: newKey() })
export const updateEstablishment = (clientId: number, id: number, body: EstablishmentInput, version: number) =>
  put(place, { at: { client_id: clientId, establishment_id: id }, body, version })
export const removeEstablishment = (clientId: number, { id, version }: Establishment) => remove(place, { at: { client_id: clientId, establishment_id: id }, version })
