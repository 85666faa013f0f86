import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { components } from '../../api/schema'
import { useImportSteps, type Door, type Import } from '../../api/imports'
import { useClientMark } from '../../api/mark'
import { Problem, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, ConfirmDialog, FaArrowRotateLeftIcon, format } from '../../ui'

type Changed = components['schemas']['ImportChangedSince']
type Props = { door: Door; record: Import; small?: boolean; onStarted?: () => void }

/** Takes the last import back, after asking. Refused when someone changed one of its records since. */
export function UndoButton({ door, record, small, onStarted }: Props) {
  const client = useClientMark(door.clientId)
  const { undo } = useImportSteps(door)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const start = async () => {
    setBusy(true)
    try {
      await undo(record.id)
      setAsking(false)
      onStarted?.()
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }
  const { add = 0, update = 0 } = record.counts ?? {}
  return (
    <>
      <Button size={small ? 's' : undefined} prefix={<FaArrowRotateLeftIcon />} onClick={() => { setFault(undefined); setAsking(true) }}>{t('import.undo')}</Button>
      <ConfirmDialog open={asking} client={client} weight="checked" title={t('import.undo_title')} action={t('import.undo')} undo={t('import.undo_undo')} busy={busy}
        error={fault === undefined ? undefined : <WhyNot door={door} fault={fault} />} onClose={() => setAsking(false)} onDone={() => void start()}>
        <p>{t('import.undo_body', { at: format.moment(record.committed_at ?? record.created_at), file: record.file_name, add, update })}</p>
      </ConfirmDialog>
    </>
  )
}

function WhyNot({ door, fault }: { door: Door; fault: unknown }) {
  if (!(fault instanceof Problem) || fault.code !== 'import_changed_since') return problemText(fault)
  const { changed } = fault.context as Changed
  return (
    <>
      {door.kind === 'employees' ? t('import.changed_since') : t('import.changed_since.clients')}
      <ul className="changed-since">
        {changed.map(({ id, title }) => (
          <li key={id}>{door.kind === 'employees'
            ? <Link to="/clients/$clientId/employees/$employeeId" params={{ clientId: String(door.clientId), employeeId: String(id) }}>{title}</Link>
            : <Link to="/clients/$clientId" params={{ clientId: String(id) }}>{title}</Link>}</li>
        ))}
      </ul>
    </>
  )
}
