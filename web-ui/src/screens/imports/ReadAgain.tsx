import { useState } from 'react'
import { useImportSteps, type Door, type Import } from '../../api/imports'
import { useClientMark } from '../../api/mark'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, ConfirmDialog, FaArrowRotateLeftIcon, FileDrop, Status, toast } from '../../ui'
import { fileFault } from './StepFile'

type Props = { door: Door; record: Import; onReplaced: (id: number) => void }

/** The corrected file takes the place of this import: same settings, checked at once. */
export function ReadAgain({ door, record, onReplaced }: Props) {
  const client = useClientMark(door.clientId)
  const { upload, check, drop } = useImportSteps(door)
  const [asking, setAsking] = useState(false)
  const [file, setFile] = useState<File>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const replace = async () => {
    if (!file) return
    setBusy(true)
    try {
      const made = await upload(file, () => {})
      const mapping = made.columns.map(({ index, field }) => ({ index, ...(field ? { field } : {}) }))
      await check(made.id, { mapping, blank: record.blank, ...(record.valid_from ? { valid_from: record.valid_from } : {}) })
      setAsking(false)
      onReplaced(made.id) // first: nothing may ask again for what is dropped
      await drop(record.id).catch((problem: unknown) => toast('alert', problemText(problem)))
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  const open = () => { setAsking(true); setFile(undefined); setFault(undefined) }
  return (
    <>
      <Button size="s" prefix={<FaArrowRotateLeftIcon />} onClick={open}>{t('import.read_again')}</Button>
      <ConfirmDialog open={asking} client={client} title={t('import.read_again_title')} action={t('import.check')} undo={t('import.read_again_undo')} busy={busy || !file}
        error={fault === undefined ? undefined : fileFault(fault)} onClose={() => setAsking(false)} onDone={() => void replace()}>
        <p>{t('import.read_again_body')}</p>
        {file && <p><Status kind="done">{file.name}</Status></p>}
        <FileDrop accept=".csv,.txt,text/csv" label={t('import.choose')} disabled={busy} onFiles={([chosen]) => setFile(chosen)} />
      </ConfirmDialog>
    </>
  )
}
