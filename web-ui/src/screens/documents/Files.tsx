import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { documentsKey, downloadDocument, removeDocument, useDocuments, type Document } from '../../api/documents'
import { useClientMark } from '../../api/mark'
import { problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import {
  Button, Card, ConfirmDialog, Empty, FaFileArrowDownIcon, FaPenIcon, FaTrashCanIcon, Facts, FileDrop, format, Input, Note, searchForm, toast,
} from '../../ui'
import { extensions } from './allowed'
import { EditDocument } from './EditDocument'
import { UploadRows } from './UploadRows'
import { start } from './uploads'
import './documents.css'

type Props = { clientId: number; employeeId?: number }
type Asking = { what: 'edit' | 'delete'; document: Document }

/** Files of an employee, or of a client with all its people: add, download, rename, delete. */
export function Files({ clientId, employeeId }: Props) {
  const client = useClientMark(clientId)
  const may = useMay()
  const queries = useQueryClient()
  const { data, error, isPending } = useDocuments(clientId, employeeId)
  const [text, setText] = useState('')
  const [asking, setAsking] = useState<Asking>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const ask = (next?: Asking) => { setAsking(next); setFault(undefined) }
  const act = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      ask()
      toast('done', done)
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
      await queries.invalidateQueries({ queryKey: documentsKey(clientId) })
    }
  }
  const all = data?.documents ?? []
  const wanted = searchForm(text)
  const shown = all.filter((d) => searchForm(`${d.name} ${d.note ?? ''} ${d.employee_name ?? ''}`).includes(wanted))
  const edit = may('document.edit')
  return (
    <Card title={t('files.title')} id="files" count={data && t('files.count', { n: all.length, size: format.bytes(data.total_bytes) })}
      actions={all.length > 8 && <Input aria-label={t('files.find')} placeholder={t('files.find')} width="240px" value={text} onChange={(e) => setText(e.target.value)} />}>
      {error && <div className="in"><Note kind="alert" role="alert">{problemText(error)}</Note></div>}
      {edit && (
        <div className="in files-add">
          <FileDrop multiple accept={extensions.map((e) => `.${e}`).join(',')} label={t('files.add')} onFiles={(files) => start({ clientId, employeeId }, files)}>
            {t('files.rules', { types: t('files.types') })}
          </FileDrop>
          <UploadRows clientId={clientId} employeeId={employeeId} />
        </div>
      )}
      {shown.length > 0 && (
        <table className="k-table files">
          <thead><tr><th>{t('files.col.name')}</th>{employeeId === undefined && <th>{t('files.col.employee')}</th>}<th className="k-num">{t('files.col.size')}</th>
            <th>{t('files.col.at')}</th><th>{t('files.col.by')}</th><th><span className="k-sr">{t('files.col.acts')}</span></th></tr></thead>
          <tbody>{shown.map((d) => <Row key={d.id} clientId={clientId} document={d} whole={employeeId === undefined} edit={edit} onAsk={(what) => ask({ what, document: d })} />)}</tbody>
        </table>
      )}
      {!isPending && !error && all.length === 0 && <Empty title={t('files.empty')}>{edit ? t('files.empty_do') : t('files.empty_view')}</Empty>}
      {all.length > 0 && shown.length === 0 && <Empty title={t('files.none')} />}
      {asking?.what === 'edit' && <EditDocument clientId={clientId} client={client} document={asking.document} onClose={() => ask()} />}
      <ConfirmDialog open={asking?.what === 'delete'} client={client} weight="checked" title={t('files.delete_title')} action={t('action.delete')} undo={t('files.delete_undo')} busy={busy}
        error={fault === undefined ? undefined : problemText(fault)} onClose={() => ask()}
        onDone={() => asking && void act(() => removeDocument(clientId, asking.document), t('files.deleted', { name: asking.document.name }))}>
        <p>{t('files.delete_body')}</p>
        {asking && <Facts slim rows={[[t('files.col.name'), <b key="n">{asking.document.name}</b>], [t('files.col.size'), format.bytes(asking.document.bytes)],
          [t('files.col.at'), format.moment(asking.document.created_at)], [t('files.col.note'), asking.document.note]]} />}
      </ConfirmDialog>
    </Card>
  )
}

type RowProps = { clientId: number; document: Document; whole: boolean; edit: boolean; onAsk: (what: Asking['what']) => void }

function Row({ clientId, document: d, whole, edit, onAsk }: RowProps) {
  const [busy, setBusy] = useState(false)
  const fetch = async () => {
    setBusy(true)
    await downloadDocument(clientId, d).catch((fault: unknown) => toast('alert', problemText(fault)))
    setBusy(false)
  }
  return (
    <tr>
      <td className="name-cell"><span className="k-row"><span className="file-type" data-type={d.extension} aria-hidden="true">{d.extension.toUpperCase()}</span>
        <span className="k-clip"><b className="k-clip" title={d.name}>{d.name}</b>{d.note && <span className="k-sub k-clip" title={d.note}>{d.note}</span>}</span></span></td>
      {whole && <td className="k-nowrap">{d.employee_id ? (
        <Link to="/clients/$clientId/employees/$employeeId" params={{ clientId: String(clientId), employeeId: String(d.employee_id) }}>{d.employee_name ?? d.employee_id}</Link>
      ) : <span className="k-sub">{t('files.col.company')}</span>}</td>}
      <td className="k-num k-nowrap">{format.bytes(d.bytes)}</td>
      <td className="k-nowrap">{format.moment(d.created_at)}</td>
      <td className="k-nowrap">{d.created_by}</td>
      <td className="acts">
        <Button size="s" prefix={<FaFileArrowDownIcon />} loading={busy} aria-label={t('files.download_one', { name: d.name })} onClick={() => void fetch()}>{t('files.download')}</Button>
        {edit && <Button size="s" className="k-bare" onClick={() => onAsk('edit')}><FaPenIcon alt={t('files.edit_one', { name: d.name })} /></Button>}
        {edit && <Button size="s" className="k-bare" onClick={() => onAsk('delete')}><FaTrashCanIcon alt={t('files.delete_one', { name: d.name })} /></Button>}
      </td>
    </tr>
  )
}
