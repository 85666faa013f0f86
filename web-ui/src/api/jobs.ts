import { useEffect } from 'react'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { components } from './schema'
import { address, get, post } from './client'

export type Job = components['schemas']['Job']
export const isOver = (job: Job) => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'

export const jobsQuery = queryOptions({ queryKey: ['jobs'], queryFn: async () => (await get('/api/v1/jobs')).jobs, refetchInterval: 15_000 })
export const jobQuery = (id: number) => queryOptions({ queryKey: ['job', id], queryFn: () => get('/api/v1/jobs/{job_id}', { at: { job_id: id } }) })
export const cancelJob = (id: number) => post('/api/v1/jobs/{job_id}/cancel', { at: { job_id: id } })

/** A job as it goes: server-sent events keep the cached job fresh until it is over; polling when the stream is lost. */
export function useJob(id: number | undefined, onOver?: (job: Job) => void) {
  const queries = useQueryClient()
  const { data } = useQuery({ ...jobQuery(id ?? 0), enabled: id !== undefined, refetchInterval: (q) => (q.state.data && isOver(q.state.data) ? false : 5000) })
  const over = data ? isOver(data) : false
  useEffect(() => {
    if (id === undefined || over) return
    const events = new EventSource(address('/api/v1/jobs/{job_id}/events', { job_id: id }))
    events.onmessage = (e: MessageEvent<string>) => {
      const job = JSON.parse(e.data) as Job
      queries.setQueryData(jobQuery(id).queryKey, job)
      if (isOver(job)) events.close()
    }
    events.onerror = () => events.close()
    return () => events.close()
  }, [id, over, queries])
  useEffect(() => {
    if (!data || !over) return
    void queries.invalidateQueries({ queryKey: ['jobs'] })
    onOver?.(data)
    // once for each job that ends, not for each new callback
  }, [over, data?.id])
  return data
}
