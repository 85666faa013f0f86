import { useMemo, useState } from 'react'
import { useImportFields, useImportSteps, type Door, type Import, type ImportField } from '../../api/imports'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Note } from '../../ui'
import { CheckSettings } from './CheckSettings'
import { MappingTable } from './MappingTable'
import { bodyOf, doubled, draftOf, forgetDraft, keepDraft, keptDraft, keyed, missing, type Draft } from './mapping'
import { fileFault } from './StepFile'
import type { Go } from './steps'

type Props = { door: Door; record: Import; go: Go }

/** Step 2: which column goes where. The server suggests by heading, and remembers per set of headings. */
export function StepMapping(props: Props) {
  const { data: fields, error } = useImportFields(props.door.kind)
  if (error) return <Note kind="alert" role="alert">{problemText(error)}</Note>
  return fields ? <Mapped {...props} fields={fields} /> : null
}

function Mapped({ door, record, go, fields }: Props & { fields: ImportField[] }) {
  const { check } = useImportSteps(door)
  const [draft, setDraft] = useState(() => keptDraft(record.id) ?? draftOf(record, fields))
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const change = (to: Partial<Draft>) => {
    const next = { ...draft, ...to }
    keepDraft(record.id, next)
    setDraft(next)
  }
  const twice = useMemo(() => doubled(draft.mapping, fields), [draft.mapping, fields])
  const absent = useMemo(() => missing(draft.mapping, fields), [draft.mapping, fields])
  const none = Object.values(draft.mapping).every((field) => !field)
  const found = keyed(door.kind, draft.mapping)
  const dayMissing = draft.from === 'version' && !/^\d{4}-\d\d-\d\d$/.test(draft.day)
  const start = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await check(record.id, bodyOf(draft))
      forgetDraft(record.id)
      go({ import: record.id, step: 'check' })
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <>
      {none && <Note kind="alert">{t('import.mapping.nothing')}</Note>}
      {!none && !found && <Note kind="alert">{t(`import.mapping.no_key.${door.kind}`)}</Note>}
      {!none && absent.length > 0 && <Note kind="soon">{t('import.mapping.missing', { labels: absent.map((f) => f.label).join('、') })}<br />{t('import.mapping.missing_do')}</Note>}
      {twice.map((f) => <Note key={f.field} kind="alert">{t('import.mapping.twice', { label: f.label })}</Note>)}
      <MappingTable kind={door.kind} columns={record.columns} fields={fields} mapping={draft.mapping} twice={twice} onChange={(mapping) => change({ mapping })} />
      <CheckSettings kind={door.kind} draft={draft} onChange={change} />
      {fault !== undefined && <Note kind="alert" role="alert">{fileFault(fault)}</Note>}
      <footer className="act">
        <Button onClick={() => go({ import: record.id, step: 'file' })}>{t('action.previous')}</Button>
        <span className="k-push k-sub">{t('import.check_note')}</span>
        <Button variant="primary" loading={busy} disabled={!found || twice.length > 0 || dayMissing} onClick={() => void start()}>{t('import.check')}</Button>
      </footer>
    </>
  )
}
