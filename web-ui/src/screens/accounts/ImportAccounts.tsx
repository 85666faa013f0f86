import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { downloadSheets, downloadTemplate, importAccounts, type AccountFileRow, type AccountImport } from '../../api/accounts'
import { fieldFaultText, problemText } from '../../api/problem'
import { maybe, t } from '../../i18n'
import { Button, ConfirmDialog, FileDrop, Note, toast } from '../../ui'

const shownMax = 200

const label = (field: string) => (field ? (maybe(`accounts.file.${field}`) ?? field) : t('accounts.file.line'))

const Faults = ({ row }: { row: AccountFileRow }) => (
  <ul className="plain">{row.faults.map((fault) => <li key={`${fault.field} ${fault.message}`}><b>{label(fault.field)}</b>　{fieldFaultText(fault.message)}</li>)}</ul>
)

/** Every line with what is wrong, the wrong ones first; after the import with its code instead. */
function Rows({ result }: { result: AccountImport }) {
  const rows = result.faulty > 0 ? result.rows.filter((row) => row.faults.length > 0) : result.rows
  return (
    <>
      <div className="lines">
        <table className="k-table">
          <thead><tr><th>{t('accounts.file.line')}</th><th>{t('accounts.col.login_id')}</th><th>{t('accounts.col.name')}</th>
            <th>{t(result.imported > 0 ? 'accounts.code' : 'accounts.file.found')}</th></tr></thead>
          <tbody>
            {rows.slice(0, shownMax).map((row) => (
              <tr key={row.line}><td>{row.line}</td><td className="k-nowrap">{row.login_id}</td><td className="k-nowrap">{row.name}</td>
                <td>{row.setup_code ? <span className="k-mono">{row.setup_code}</span> : row.faults.length > 0 ? <Faults row={row} /> : t('accounts.file.fine')}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shownMax && <p className="k-sub">{t('accounts.file.more', { n: rows.length - shownMax })}</p>}
    </>
  )
}

/** People from a CSV file: tried first, then all of them or none, then their sheets. */
export function ImportAccounts({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [file, setFile] = useState<File>()
  const [result, setResult] = useState<AccountImport>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFault(undefined)
    try {
      await work()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  const read = (next: File, dryRun: boolean) => run(async () => {
    setFile(next)
    const answer = await importAccounts(next, dryRun)
    setResult(answer)
    if (answer.imported > 0) await queries.invalidateQueries({ queryKey: ['accounts'] })
  })
  const ids = result?.rows.flatMap((row) => (row.account_id ? [row.account_id] : [])) ?? []
  const print = () => run(async () => {
    await downloadSheets(ids, t('accounts.sheets_file'))
    await queries.invalidateQueries({ queryKey: ['accounts'] }) // a new code is a new version
    toast('done', t('accounts.sheets_made', { n: ids.length }))
  })
  const done = (result?.imported ?? 0) > 0
  const ready = file !== undefined && result !== undefined && result.faulty === 0
  return (
    <ConfirmDialog open size="XL" title={t('accounts.import_title')} busy={busy || (!ready && !done)} onClose={onClose}
      action={done ? t('accounts.import_close') : t('accounts.import_action', { n: result?.rows.length ?? 0 })}
      undo={t(done ? 'accounts.import_done_undo' : 'accounts.import_undo')} error={fault === undefined ? undefined : problemText(fault)}
      onDone={() => { if (done) onClose(); else if (file) void read(file, false) }}>
      {!done && (
        <>
          <p>{t('accounts.import_body')}　<Button size="s" onClick={() => void run(() => downloadTemplate(t('accounts.template_file')))}>{t('accounts.template')}</Button></p>
          <FileDrop accept=".csv,text/csv" label={t('accounts.choose_file')} disabled={busy} onFiles={([first]) => { if (first) void read(first, true) }}>{t('accounts.import_limits')}</FileDrop>
        </>
      )}
      {result && !done && (result.faulty > 0
        ? <Note kind="alert">{t('accounts.import_faulty', { rows: result.rows.length, n: result.faulty })}</Note>
        : <Note kind="done">{t('accounts.import_fine', { n: result.rows.length, file: file?.name ?? '' })}</Note>)}
      {done && (
        <div className="k-row"><b>{t('accounts.imported', { n: result?.imported ?? 0 })}</b>
          <span className="k-push"><Button disabled={busy} onClick={() => void print()}>{t('accounts.import_sheets')}</Button></span></div>
      )}
      {result && <Rows result={result} />}
    </ConfirmDialog>
  )
}
