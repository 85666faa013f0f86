import { useState } from 'react'
import { useQueryClient, type QueryKey } from '@tanstack/react-query'

/** A step that changes something on the server: busy while it runs, its fault for the dialog, and what it makes stale. */
export function useAct(stale: QueryKey, done: () => void) {
  const queries = useQueryClient()
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFault(undefined)
    try {
      await work()
      done()
      await queries.invalidateQueries({ queryKey: stale })
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  return { act: (work: () => Promise<unknown>) => void act(work), busy, fault, forget: () => setFault(undefined) }
}
