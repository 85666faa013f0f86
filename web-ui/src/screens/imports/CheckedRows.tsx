import { useState } from 'react'
import { useImportFields, useImportRows, type Door, type Import, type ImportRow, type Show } from '../../api/imports'
import { problemText } from '../../api/problem'
import { rich, t } from '../../i18n'
import { Button, Card, Empty, FaFileArrowDownIcon, Kbd, Note, Pager, Status } from '../../ui'
import { ChangeTable } from './ChangeTable'
import { ErrorGrid, type Mended } from './ErrorGrid'
import { ReadAgain } from './ReadAgain'

type Props = {
  door: Door; record: Import; show: Show; page: number; size: 50 | 100
  onPage: (page: number) => void; onSize: (size: 50 | 100) => void; onErrorFile: () => void; onReplaced: (id: number) => void
}

/** Rows as the dry run found them. Rows mended here stay in sight until another filter is chosen. */
export function CheckedRows({ door, record, show, page, size, onPage, onSize, onErrorFile, onReplaced }: Props) {
  const { data, error } = useImportRows(door, record.id, show, page, size)
  const { data: fields = [] } = useImportFields(door.kind)
  const [mended, setMended] = useState<Mended>(new Map())
  const rows = merge(data?.rows ?? [], mended)
  const left = data?.errors_by_column.reduce((sum, column) => sum + column.count, 0) ?? 0
  const fixed = [...mended.values()].reduce((sum, m) => sum + [...m.before.keys()].filter((index) => !m.row.faults.some((f) => f.index === index)).length, 0)
  const errors = show === 'errors'
  return (
    <Card title={errors ? t('import.errors') : t(`import.rows.${show}`)} id="im-rows" className="checked-rows"
      count={errors && data ? <>{left > 0 ? <Status kind="alert">{t('import.errors_left', { n: left })}</Status> : <Status kind="done">{t('import.errors_none')}</Status>}
        {fixed > 0 && <Status kind="done">{t('import.errors_fixed', { n: fixed })}</Status>}</> : undefined}
      actions={errors && (left > 0 || fixed > 0) && <><Button size="s" prefix={<FaFileArrowDownIcon />} disabled={left === 0} onClick={onErrorFile}>{t('import.errors_file')}</Button>
        <ReadAgain door={door} record={record} onReplaced={onReplaced} /></>}>
      {error && <div className="in"><Note kind="alert" role="alert">{problemText(error)}</Note></div>}
      {errors && data && data.errors_by_column.length > 0 && (
        <div className="by-column"><span>{t('import.errors_by')}</span>
          {data.errors_by_column.map((c) => <span key={`${c.index}${c.heading}`}>{c.heading || t('import.errors_whole')}<b>{c.count}</b></span>)}
          <small className="k-push">{rich('import.cell_keys', { key: <Kbd key="k">Enter</Kbd> })}</small></div>
      )}
      {rows.length > 0 && (errors
        ? <ErrorGrid door={door} record={record} rows={rows} fields={fields} mended={mended} onMended={(line, m) => setMended((now) => new Map(now).set(line, m))} />
        : <ChangeTable kind={door.kind} rows={rows} />)}
      {data && rows.length === 0 && (errors
        ? <Empty title={t('import.all_good')}>{t('import.all_good_do')}</Empty>
        : show === 'all' ? <Empty title={t('import.all_same')}>{t('import.all_same_do')}</Empty> : <Empty title={t('import.no_rows')} />)}
      {data && data.total > 0 && <Pager total={data.total} page={page} size={size} onPage={onPage} onSize={onSize} />}
    </Card>
  )
}

function merge(rows: ImportRow[], mended: Mended): ImportRow[] {
  const kept = rows.map((row) => mended.get(row.line)?.row ?? row)
  const lines = new Set(rows.map((row) => row.line))
  const gone = [...mended.values()].map((m) => m.row).filter((row) => !lines.has(row.line))
  return [...kept, ...gone].sort((a, b) => a.line - b.line)
}
