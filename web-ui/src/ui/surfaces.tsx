import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { Button, FaXmarkIcon } from 'smarthr-ui'
import { t } from '../i18n'
import { useKey } from './keys'
import { useTitle } from './title'

type CardProps = { title: ReactNode; id?: string; count?: ReactNode; actions?: ReactNode; className?: string; children: ReactNode }
export const Card = ({ title, id, count, actions, className, children }: CardProps) => (
  <section className={`k-card${className ? ` ${className}` : ''}`} aria-labelledby={id}>
    <header><h2 id={id}>{title}</h2>{count !== undefined && <span className="k-count">{count}</span>}
      {actions && <span className="k-row k-push">{actions}</span>}</header>
    {children}
  </section>
)

export type Fact = [label: ReactNode, value: ReactNode]
const blank = <span className="k-sub">—</span>
export const Facts = ({ rows, slim }: { rows: Fact[]; slim?: boolean }) => (
  <dl className={slim ? 'k-dl slim' : 'k-dl'}>
    {rows.flatMap(([label, value], i) => [<dt key={`t${i}`}>{label}</dt>, <dd key={`d${i}`}>{value === '' || value == null ? blank : value}</dd>])}
  </dl>
)

type PanelProps = { label: string; face: string; top: ReactNode; title: ReactNode; sub: ReactNode; children: ReactNode; onClose: () => void }
/** Side panel of a list. Esc closes it. */
export function SidePanel({ label, face, top, title, sub, children, onClose }: PanelProps) {
  useKey('Escape', onClose)
  return (
    <aside className="panel" aria-label={label}>
      <header>
        <span className="k-face big" aria-hidden="true">{face}</span>
        <div><p className="k-xs">{top}</p><h2>{title}</h2><p className="k-sub">{sub}</p></div>
        <Button size="s" className="k-bare" onClick={onClose}><FaXmarkIcon alt={t('action.close')} /></Button>
      </header>
      {children}
    </aside>
  )
}

type PageProps = { title: ReactNode; sub?: ReactNode; actions?: ReactNode; help?: string; children: ReactNode }
export function Page({ title, sub, actions, help, children }: PageProps) {
  useTitle('page', typeof title === 'string' ? title : undefined)
  return (
    <div className="k-page">
      <div className="k-page-head">
        <div><div className="k-row"><h1>{title}</h1>{help && <HelpLink page={help} />}</div>{sub && <div className="k-sub">{sub}</div>}</div>
        {actions && <div className="k-row k-push">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** The "?" beside a title: the help page of this screen. */
export const HelpLink = ({ page }: { page: string }) => (
  <Link className="k-help" to="/help/$page" params={{ page }} aria-label={t('help.of_screen')} title={t('help.of_screen')}>?</Link>
)
