import { useState } from 'react'
import type { Door, ImportRow } from '../../api/imports'
import { fieldFaultText } from '../../api/problem'
import { t } from '../../i18n'
import { Status, type StatusKind } from '../../ui'

const kinds: Record<ImportRow['action'], StatusKind> = { add: 'done', update: 'done', same: 'off', error: 'alert' }
const few = 5

/** What each row would change, old and new. */
export const ChangeTable = ({ kind, rows }: { kind: Door['kind']; rows: ImportRow[] }) => (
  <table className="k-table changes">
    <thead><tr><th className="k-num">{t('import.col.line')}</th><th>{t('import.col.action')}</th><th>{t(`import.col.key.${kind}`)}</th><th>{t(`import.col.title.${kind}`)}</th>
      <th>{t('import.col.changes')}</th></tr></thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.line}>
          <td className="k-num k-sub">{row.line}</td><td className="k-nowrap"><Status kind={kinds[row.action]}>{t(`import.action.${row.action}`)}</Status></td>
          <td className="k-nowrap">{row.key}</td><td className="k-nowrap k-strong">{row.title}</td><td><Changes row={row} /></td>
        </tr>
      ))}
    </tbody>
  </table>
)

function Changes({ row }: { row: ImportRow }) {
  const [all, setAll] = useState(false)
  if (row.action === 'error') {
    return <span className="change-list">{row.faults.map((f, i) => <span key={i} className="k-fault">{f.label && `${f.label}：`}{fieldFaultText(f.code)}</span>)}</span>
  }
  // what its own columns of a new row say already
  const changes = row.action === 'add' ? row.changes.filter((c) => c.to !== row.key && c.to !== row.title) : row.changes
  const shown = all ? changes : changes.slice(0, few)
  const more = changes.length - few
  return (
    <span className="change-list">
      {changes.length === 0 && <span className="k-sub">{t('import.change_none')}</span>}
      {shown.map((c) => (
        <span key={c.field}><i>{c.label}</i>{c.from && <><del>{c.from}</del><span aria-hidden="true">→</span></>}{c.to ? <b>{c.to}</b> : <b className="gone">{t('import.cell_blank')}</b>}</span>
      ))}
      {more > 0 && <button className="k-link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('import.change_less') : t('import.change_more', { n: more })}</button>}
      {row.warnings.map((w, i) => <span key={`w${i}`} className="k-soon">{w.label && `${w.label}：`}{fieldFaultText(w.code)}</span>)}
    </span>
  )
}
