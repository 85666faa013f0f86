import { useEffect, useSyncExternalStore } from 'react'
import { documentsKey, uploadDocument } from '../../api/documents'
import { Problem, problemText } from '../../api/problem'
import { queries } from '../../api/queries'
import { t } from '../../i18n'
import { toast } from '../../ui'
import { refusal } from './allowed'

// Uploads outlive the screen that started them: one after another, while the person works elsewhere in the app.

export type Place = { clientId: number; employeeId?: number }
export type Upload = Place & { id: number; file: File; sent: number; state: 'waiting' | 'sending' | 'failed'; fault?: Problem }

let list: readonly Upload[] = []
let next = 1
let watching = 0 // screens that show uploads
const aborts = new Map<number, AbortController>()
const listeners = new Set<() => void>()
const set = (changed: readonly Upload[]) => {
  list = changed
  listeners.forEach((call) => call())
}
const change = (id: number, to: Partial<Upload>) => set(list.map((u) => (u.id === id ? { ...u, ...to } : u)))
export const forget = (id: number) => set(list.filter((u) => u.id !== id))

export function start(place: Place, files: File[]) {
  const added = files.map((file): Upload => {
    const code = refusal(file)
    return { ...place, id: next++, file, sent: 0, ...(code ? { state: 'failed', fault: new Problem(422, { code }) } : { state: 'waiting' }) }
  })
  set([...list, ...added])
  void work()
}
export function stop(id: number) {
  const running = aborts.get(id)
  if (running) running.abort()
  else forget(id)
}
export function retry(id: number) {
  change(id, { state: 'waiting', sent: 0, fault: undefined })
  void work()
}

async function work() {
  if (aborts.size > 0) return
  const upload = list.find((u) => u.state === 'waiting')
  if (!upload) return
  const abort = new AbortController()
  aborts.set(upload.id, abort)
  change(upload.id, { state: 'sending' })
  try {
    await uploadDocument(upload.clientId, upload.employeeId, upload.file, (sent) => change(upload.id, { sent }), abort.signal)
    forget(upload.id)
    toast('done', t('files.added', { name: upload.file.name }))
    void queries.invalidateQueries({ queryKey: documentsKey(upload.clientId) })
  } catch (fault) {
    failed(upload, fault)
  }
  aborts.delete(upload.id)
  void work()
}

function failed(upload: Upload, fault: unknown) {
  const problem = fault instanceof Problem ? fault : new Problem(0, {})
  if (problem.code === 'cancelled') return forget(upload.id)
  change(upload.id, { state: 'failed', fault: problem })
  if (watching === 0) toast('alert', t('files.failed', { name: upload.file.name, why: problemText(problem) }))
}

/** Uploads into one place, oldest first. */
export function useUploads({ clientId, employeeId }: Place): Upload[] {
  useEffect(() => {
    watching += 1
    return () => { watching -= 1 }
  }, [])
  const all = useSyncExternalStore((call) => (listeners.add(call), () => listeners.delete(call)), () => list)
  return all.filter((u) => u.clientId === clientId && u.employeeId === employeeId)
}

// the browser asks before it is closed in the middle of an upload
const ask = (e: BeforeUnloadEvent) => e.preventDefault()
listeners.add(() => {
  const busy = list.some((u) => u.state !== 'failed')
  if (busy) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
})
