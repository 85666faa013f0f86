import type { ReactNode } from 'react'
import { FaCircleInfoIcon, FaTriangleExclamationIcon } from 'smarthr-ui'

export type StatusKind = 'done' | 'doing' | 'wait' | 'soon' | 'alert' | 'off'

const tick = 'M2.5 6.4 5 8.9l4.6-5.3'
const stroke = { fill: 'none', stroke: 'currentColor' }

// One glyph per kind, so that the state reads without colour.
const glyph: Record<StatusKind, ReactNode> = {
  done: <path d={tick} {...stroke} strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />,
  doing: <><circle cx="6" cy="6" r="4.2" {...stroke} strokeWidth="1.6" /><path d="M6 1.8a4.2 4.2 0 0 1 0 8.4z" fill="currentColor" /></>,
  wait: <circle cx="6" cy="6" r="4" {...stroke} strokeWidth="1.4" strokeDasharray="2.2 1.9" />,
  soon: (
    <><circle cx="6" cy="6" r="4.2" {...stroke} strokeWidth="1.6" />
      <path d="M6 3.6V6l1.7 1.2" {...stroke} strokeWidth="1.5" strokeLinecap="round" /></>
  ),
  off: <path d="M2.5 6h7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />,
  alert: <path d="M6 1 11.4 10.6H.6zM5.4 4.4v3h1.2v-3zm0 3.9v1.2h1.2V8.3z" fill="currentColor" fillRule="evenodd" />,
}

/** Shape, word and colour together: never colour alone. */
export const Status = ({ kind, pill, children }: { kind: StatusKind; pill?: boolean; children: ReactNode }) => (
  <span className={`k-st ${kind}${pill ? ' pill' : ''}`}>
    <svg viewBox="0 0 12 12" aria-hidden="true">{glyph[kind]}</svg>{children}
  </span>
)

type NoteKind = 'doing' | 'soon' | 'alert' | 'done'
export const Note = ({ kind = 'doing', role, children }: { kind?: NoteKind; role?: 'alert' | 'status'; children: ReactNode }) => {
  const Icon = kind === 'alert' || kind === 'soon' ? FaTriangleExclamationIcon : FaCircleInfoIcon
  return <div className={`k-note ${kind}`} role={role}><Icon /><div>{children}</div></div>
}

/** The colour of a client comes from the server; it repeats over 200 clients, so the code is always printed with it. */
export type ClientMark = { code: string; name: string; hue: number }
export const ClientChip = ({ client }: { client: ClientMark }) => (
  <span className="k-chip" data-hue={client.hue}><span className="k-xs">{client.code}</span><span className="k-clip">{client.name}</span></span>
)

export const Empty = ({ title, children }: { title: ReactNode; children?: ReactNode }) => (
  <div className="k-empty"><p className="k-strong">{title}</p>{children && <p>{children}</p>}</div>
)

export const Kbd = ({ children }: { children: ReactNode }) => <span className="k-kbd">{children}</span>

export const Progress = ({ label, done, total }: { label: string; done: number; total: number }) => (
  <span className="prog wide">
    <progress aria-label={label} className={total > 0 && done >= total ? 'full' : ''} max={total || 1} value={total ? done : undefined} />
    {total > 0 && `${Math.floor((Math.min(done, total) / total) * 100)}%`}
  </span>
)

export const Kura = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <path d="M3 14 16 5.5 29 14v2.6H3z" fill="#fff" /><path d="M6.5 18.4h19V27h-19z" fill="#fff" />
    <path d="M13 27v-4.6a3 3 0 0 1 6 0V27z" fill="var(--ai-900)" />
    <path d="M6.5 22.8h4.6m9.8 0h4.6" stroke="var(--ai-900)" strokeWidth="1.3" />
  </svg>
)
