import { useSyncExternalStore, type ReactNode } from 'react'
import { FaXmarkIcon } from 'smarthr-ui'
import { t } from '../i18n'
import { Status, type StatusKind } from './bits'

type Toast = { id: number; kind: StatusKind; text: ReactNode; link?: { label: string; go: () => void } }
let shown: readonly Toast[] = []
let next = 1
const listeners = new Set<() => void>()
const set = (list: readonly Toast[]) => {
  shown = list
  listeners.forEach((call) => call())
}
const close = (id: number) => set(shown.filter((x) => x.id !== id))

/** What was just done, near the bottom; faults stay until they are closed. */
export function toast(kind: StatusKind, text: ReactNode, link?: Toast['link']) {
  const id = next++
  set([...shown.slice(-3), { id, kind, text, link }])
  if (kind !== 'alert') setTimeout(() => close(id), 6000)
}

export function Toasts() {
  const list = useSyncExternalStore((call) => (listeners.add(call), () => listeners.delete(call)), () => shown)
  return (
    <div className="k-toasts" role="status" aria-live="polite">
      {list.map((x) => (
        <div key={x.id} className={`k-toast ${x.kind}`}>
          <Status kind={x.kind}>{x.text}</Status>
          {x.link && <button className="k-link" onClick={() => { x.link?.go(); close(x.id) }}>{x.link.label}</button>}
          <button className="exp" onClick={() => close(x.id)}><FaXmarkIcon alt={t('action.close')} /></button>
        </div>
      ))}
    </div>
  )
}
