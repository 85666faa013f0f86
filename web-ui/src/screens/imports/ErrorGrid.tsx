import { useId, useState } from 'react'
import { fixRow, useRecount, type Door, type Import, type ImportField, type ImportRow } from '../../api/imports'
import { fieldFaultText, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Status, toast } from '../../ui'

/** Rows corrected on this screen, by line: the row as it is now, and what stood in each corrected cell before. */
export type Mended = ReadonlyMap<number, { row: ImportRow; before: ReadonlyMap<number, { was: string; now: string }> }>
type OneMended = Mended extends ReadonlyMap<number, infer M> ? M : never
type Props = { door: Door; record: Import; rows: ImportRow[]; fields: ImportField[]; mended: Mended; onMended: (line: number, mended: OneMended) => void }

const actionKind = (row: ImportRow) => (row.action === 'error' ? 'alert' : row.action === 'same' ? 'off' : 'done')

/** Only the columns in which something is wrong; a cell is corrected in place and checked again at once. */
export function ErrorGrid({ door, record, rows, fields, mended, onMended }: Props) {
  const recount = useRecount(door, record.id)
  const wrong = new Set(rows.flatMap((row) => [...row.faults.map((f) => f.index), ...(mended.get(row.line)?.before.keys() ?? [])]))
  const columns = record.columns.filter((c) => wrong.has(c.index))
  const whole = rows.some((row) => row.faults.some((f) => f.index == null))
  const fix = async (row: ImportRow, index: number, was: string, value: string) => {
    try {
      const checked = await fixRow(door, record.id, row.line, [{ index, value }])
      const before = new Map(mended.get(row.line)?.before)
      before.set(index, { was: before.get(index)?.was ?? was, now: value })
      onMended(row.line, { row: checked, before })
      await recount()
    } catch (fault) {
      toast('alert', problemText(fault))
    }
  }
  return (
    <div className="import-wide" tabIndex={0} role="group" aria-labelledby="im-rows">
      <table className="k-table grid">
        <thead><tr><th className="k-num">{t('import.col.line')}</th><th>{t('import.col.action')}</th><th>{t(`import.col.key.${door.kind}`)}</th><th>{t(`import.col.title.${door.kind}`)}</th>
          {columns.map((c) => <th key={c.index}>{c.heading}</th>)}{whole && <th>{t('import.col.whole')}</th>}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="k-num k-sub">{row.line}</td><td className="k-nowrap"><Status kind={actionKind(row)}>{t(`import.action.${row.action}`)}</Status></td>
              <td className="k-nowrap">{row.key}</td><td className="k-nowrap">{row.title}</td>
              {columns.map((c) => {
                const faults = row.faults.filter((f) => f.index === c.index)
                const before = mended.get(row.line)?.before.get(c.index)
                if (faults.length === 0 && !before) return <td key={c.index} className="fine"><span aria-hidden="true">✓</span><span className="k-sr">{t('import.cell_ok')}</span></td>
                const value = before?.now ?? faults[0]?.value ?? ''
                return <Cell key={`${c.index}-${value}`} name={t('import.cell', { line: row.line, heading: c.heading })} value={value} was={before?.was}
                  reasons={faults.map((f) => fieldFaultText(f.code))} choices={fields.find((f) => f.field === c.field)?.choices ?? []} onFix={(next) => fix(row, c.index, value, next)} />
              })}
              {whole && <td className="whole">{row.faults.filter((f) => f.index == null).map((f, i) => <span key={i} className="k-fault">{f.label && `${f.label}：`}{fieldFaultText(f.code)}</span>)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellProps = { name: string; value: string; was?: string; reasons: string[]; choices: string[]; onFix: (value: string) => Promise<void> }

/** Enter, or leaving the cell, sends what was typed; Enter goes on to the next wrong cell. */
function Cell({ name, value, was, reasons, choices, onFix }: CellProps) {
  const id = useId()
  const [text, setText] = useState(value)
  const [busy, setBusy] = useState(false)
  const bad = reasons.length > 0
  const send = async () => {
    if (text === value || busy) return
    setBusy(true)
    await onFix(text)
    setBusy(false)
  }
  const press = (e: React.KeyboardEvent<HTMLInputElement>) => {
    if (e.nativeEvent.isComposing) return
    if (e.key === 'Escape') setText(value)
    if (e.key !== 'Enter') return
    const cells = [...(e.currentTarget.closest('table')?.querySelectorAll<HTMLInputElement>('td.bad input') ?? [])]
    const next = cells[cells.indexOf(e.currentTarget) + 1]
    if (next) next.focus()
    else e.currentTarget.blur()
  }
  return (
    <td className={bad ? 'bad' : 'fixed'} aria-busy={busy}>
      <label>
        <input aria-label={name} aria-invalid={bad} aria-describedby={id} value={text} placeholder={t('import.cell_blank')} list={choices.length ? `${id}l` : undefined} autoComplete="off" spellCheck={false}
          onChange={(e) => setText(e.target.value)} onKeyDown={press} onBlur={() => void send()} />
        <small id={id}>{bad ? reasons.join(' ') : t('import.cell_was', { value: was || t('import.cell_blank') })}</small>
      </label>
      {choices.length > 0 && <datalist id={`${id}l`}>{choices.map((c) => <option key={c} value={c} />)}</datalist>}
    </td>
  )
}
