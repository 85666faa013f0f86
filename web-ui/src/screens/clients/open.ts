import { createContext, useContext } from 'react'
import type { Client } from '../../api/clients'

const Context = createContext<Client | null>(null)
export const OpenClient = Context.Provider

/** The client whose stripe is on the screen. */
export function useOpenClient(): Client {
  const client = useContext(Context)
  if (!client) throw new Error('no client is open')
  return client
}
