import { useState } from 'react'
import { saveFile } from '../../api/client'
import { useImportFields, useImportSteps, type Door, type Import } from '../../api/imports'
import { fieldFaultText, Problem, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Card, Facts, FaFileArrowDownIcon, FileDrop, format, Note, Progress } from '../../ui'
import type { Go } from './steps'

/** What went wrong with a file, with the reason of the field if there is one. */
export const fileFault = (fault: unknown) =>
  fault instanceof Problem && fault.fields[0] && fault.code === 'invalid_fields' ? fieldFaultText(fault.fields[0].message) : problemText(fault)

/** Step 1: a file is dropped or chosen; the server reads it and says what it is. */
export function StepFile({ door, go }: { door: Door; go: Go }) {
  const { upload } = useImportSteps(door)
  const [sending, setSending] = useState<{ file: File; sent: number }>()
  const [fault, setFault] = useState<unknown>()
  const send = async (file: File) => {
    setFault(undefined)
    setSending({ file, sent: 0 })
    try {
      const made = await upload(file, (sent) => setSending({ file, sent }))
      go({ import: made.id, step: 'file' })
    } catch (problem) {
      setFault(problem)
      setSending(undefined)
    }
  }
  return (
    <Card title={t('import.step.file')} id="im-file" actions={<Template kind={door.kind} />}>
      <div className="in k-col">
        {fault !== undefined && <Note kind="alert" role="alert">{fileFault(fault)}<NumberPlaces fault={fault} /></Note>}
        {sending ? (
          <div className="k-drop" role="status">
            <p>{t('import.reading', { name: sending.file.name })}</p>
            <Progress label={sending.file.name} done={sending.sent} total={sending.file.size} />
          </div>
        ) : (
          <FileDrop accept=".csv,.txt,text/csv" label={t('import.choose')} onFiles={([file]) => void send(file)}>
            {t('import.accept')}<br />{door.kind === 'employees' && t('import.known')}
          </FileDrop>
        )}
      </div>
    </Card>
  )
}

/** Where a file holds My Numbers: lines and headings, never the numbers. */
function NumberPlaces({ fault }: { fault: unknown }) {
  if (!(fault instanceof Problem) || fault.code !== 'import_my_number') return null
  const { places = [] } = (fault.context ?? {}) as { places?: { line: number; heading: string }[] }
  return <ul className="changed-since">{places.map(({ line, heading }, i) => <li key={i}>{t('import.cell', { line, heading })}</li>)}</ul>
}

/** A file of headings only, one relative among them, to be filled in a spreadsheet. Excel takes UTF-8 with a byte order mark. */
function Template({ kind }: { kind: Door['kind'] }) {
  const { data: fields = [] } = useImportFields(kind)
  const save = () => {
    const line = fields.filter((f) => !/^relatives\.[1-9]/.test(f.field)).map((f) => `"${f.label.replaceAll('"', '""')}"`).join(',')
    saveFile(new Blob(['\uFEFF', line, '\r\n'], { type: 'text/csv' }), `${t(`import.template_name.${kind}`)}.csv`)
  }
  return <Button size="s" prefix={<FaFileArrowDownIcon />} disabled={fields.length === 0} onClick={save}>{t('import.template')}</Button>
}

/** What the server read: encoding, line breaks, whose headings, and a look at the values. */
export function ReadFile({ record, go }: { record: Import; go: Go }) {
  const depth = Math.max(...record.columns.map((column) => column.samples.length), 0)
  return (
    <>
      <Card title={t('import.read')} id="im-read" actions={<Button size="s" onClick={() => go({})}>{t('import.other_file')}</Button>}>
        <div className="in import-read">
          <Facts rows={[[t('import.file'), record.file_name], [t('import.size'), format.bytes(record.bytes)],
            [t('import.shape'), t('import.shape_value', { rows: record.rows, columns: record.columns.length })]]} />
          <Facts rows={[[t('import.profile'), t(`import.profile.${record.profile}`)], [t('import.encoding'), t(`import.encoding.${record.encoding}`)],
            [t('import.line_break'), t(`import.line_break.${record.line_break}`)]]} />
        </div>
      </Card>
      <Card title={t('import.preview')} id="im-preview" actions={<small>{t('import.preview_note')}</small>}>
        <div className="import-wide" tabIndex={0} role="group" aria-labelledby="im-preview">
          <table className="k-table">
            <thead><tr>{record.columns.map((c) => <th key={c.index}>{c.heading || t('import.mapping.empty_heading')}</th>)}</tr></thead>
            <tbody>{Array.from({ length: depth }, (_, i) => <tr key={i}>{record.columns.map((c) => <td key={c.index} className="k-nowrap">{c.samples[i] ?? ''}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </Card>
      <footer className="act"><span className="k-push" /><Button variant="primary" onClick={() => go({ import: record.id, step: 'mapping' })}>{t('import.to_mapping')}</Button></footer>
    </>
  )
}
