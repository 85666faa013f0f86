import { useState, type MouseEvent } from 'react'
import { Link } from '@tanstack/react-router'
import type { HistoryItem } from '../../api/clients'
import { useActorName } from '../../api/actor'
import type { RecordSpec } from '../../forms/spec'
import { t } from '../../i18n'
import { Empty, FaAngleDownIcon, FaAngleRightIcon, format, Input, Select } from '../../ui'
import { actionText, changeText, headline, readable, type FieldChange } from './readable'
import './history.css'

/** One line on an overview: when, who, what. */
export function HistoryLine({ item }: { item: HistoryItem }) {
  const actor = useActorName()
  const changes = readable(item)
  return (
    <li><time title={format.exact(item.at)}>{format.shortDay(item.at)}</time>
      <div><b>{actionText(item.action)}</b> <span className="k-sub">{actor(item.actor)}</span>
        {aboutText(item) && <p className="k-clip">{aboutText(item)}</p>}
        {changes.length > 0 && !item.action.endsWith('.create') && <p className="k-sub k-clip">{changeText(headline(changes))}{changes.length > 1 && `　${t('history.more', { n: changes.length - 1 })}`}</p>}</div></li>
  )
}

/** 10023 髙﨑　祐太朗, or 412件 for a step on many */
const aboutText = (item: HistoryItem) => (item.count > 1 ? t(item.object.startsWith('employee:') ? 'common.unit.people' : 'common.unit.items', { n: item.count }) : format.name(item.title ?? ''))

/** What a row is about, with the way there. */
function About({ item, clientId }: { item: HistoryItem; clientId?: number }) {
  const text = aboutText(item)
  if (clientId === undefined || !text) return null
  const [kind, id] = item.object.split(':')
  if (item.count > 1 || (kind !== 'employee' && kind !== 'establishment')) return <span className="k-strong">{text}</span>
  const client = String(clientId)
  const stop = { className: 'plain k-strong', onClick: (e: MouseEvent) => e.stopPropagation() }
  return kind === 'employee'
    ? <Link {...stop} to="/clients/$clientId/employees/$employeeId" params={{ clientId: client, employeeId: id }} search={{ tab: 'history' }}>{text}</Link>
    : <Link {...stop} to="/clients/$clientId/establishments" params={{ clientId: client }} search={{ open: Number(id) }}>{text}</Link>
}

const most = 500
/** clientId: rows are about different objects, and name them with a link */
type Props = { items: HistoryItem[]; ledger?: RecordSpec; clientId?: number }

/** Who changed what and when, newest first; a row opens into its fields, from and to. */
export function HistoryList({ items, ledger, clientId }: Props) {
  const [kind, setKind] = useState('')
  const [text, setText] = useState('')
  const rows = items.map((item) => ({ item, changes: readable(item, ledger) }))
  const kinds = [...new Set(items.map((item) => item.action))]
  const found = rows.filter(({ item, changes }) => (!kind || item.action === kind) && (!text || changes.some((c) => changeText(c).includes(text))))
  if (items.length === 0) return <div className="k-card"><Empty title={t('history.none')}>{t('history.none_do')}</Empty></div>
  return (
    <div className="k-card">
      <div className="filters" role="search">
        <Input aria-label={t('history.filter')} placeholder={t('history.filter')} width={240} value={text} autoComplete="off" onChange={(e) => setText(e.target.value.trim())} />
        <Select aria-label={t('history.kind')} value={kind} onChangeValue={setKind} options={[{ value: '', label: t('history.kind_all') }, ...kinds.map((k) => ({ value: k, label: actionText(k) }))]} />
        {items.length >= most && <span className="k-sub k-push">{t('history.capped')}</span>}
      </div>
      <table className="k-table stick history">
        <thead><tr><th>{t('history.col.at')}</th><th>{t('history.col.actor')}</th><th>{t('history.col.action')}</th><th>{t('history.col.what')}</th><th><span className="k-sr">{t('history.open')}</span></th></tr></thead>
        <tbody>{found.map(({ item, changes }, i) => <Row key={`${item.seq}-${item.action}-${i}`} item={item} changes={changes} clientId={clientId} />)}</tbody>
      </table>
      {found.length === 0 && <Empty title={t('history.none_found')} />}
    </div>
  )
}

function Row({ item, changes, clientId }: { item: HistoryItem; changes: FieldChange[]; clientId?: number }) {
  const [open, setOpen] = useState(false)
  const actor = useActorName()
  const first = item.action.endsWith('.create')
  const what = first || changes.length === 0 ? (changes.length ? t('history.items', { n: changes.length }) : '') : changeText(headline(changes))
  return (
    <>
      <tr data-click aria-selected={open} onClick={() => setOpen(!open)}>
        <td className="k-nowrap">{format.exact(item.at)}</td>
        <td className="k-nowrap">{actor(item.actor)}</td>
        <td className="k-nowrap k-strong">{actionText(item.action)}</td>
        <td className="what k-clip" title={what}><About item={item} clientId={clientId} /> {what}{!first && changes.length > 1 && <span className="k-sub">　{t('history.more', { n: changes.length - 1 })}</span>}</td>
        <td className="k-num">{changes.length > 0 && (
          <button className="exp" aria-expanded={open} onClick={(e) => { e.stopPropagation(); setOpen(!open) }}>{open ? <FaAngleDownIcon alt={t('history.open')} /> : <FaAngleRightIcon alt={t('history.open')} />}</button>)}</td>
      </tr>
      {open && changes.length > 0 && (
        <tr className="detail"><td colSpan={5}>
          <table className="diff-table">
            <thead><tr><th>{t('conflict.field')}</th>{!first && <th>{t('history.from')}</th>}<th>{first ? t('history.first') : t('history.to')}</th></tr></thead>
            <tbody>{changes.map((c, i) => (
              <tr key={i}><th scope="row">{c.label}</th>{!first && <td>{c.from ? <del>{c.from}</del> : <span className="k-sub">{t('unsaved.empty')}</span>}</td>}
                <td>{c.to ? <ins>{c.to}</ins> : <span className="k-sub">{t('unsaved.empty')}</span>}</td></tr>
            ))}</tbody>
          </table>
        </td></tr>
      )}
    </>
  )
}
