import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { changeDocument, documentsKey, type Document } from '../../api/documents'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Input, Textarea, toast, type ClientMark } from '../../ui'

type Props = { clientId: number; client?: ClientMark; document: Document; onClose: () => void }

export function EditDocument({ clientId, client, document, onClose }: Props) {
  const queries = useQueryClient()
  const tail = `.${document.extension}`
  const bare = document.name.toLowerCase().endsWith(tail) ? document.name.slice(0, -tail.length) : document.name
  const [name, setName] = useState(bare)
  const [note, setNote] = useState(document.note ?? '')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const save = async () => {
    setBusy(true)
    try {
      await changeDocument(clientId, document, { name: name.trim() + document.name.slice(bare.length), ...(note.trim() ? { note: note.trim() } : {}) })
      toast('done', t('files.saved'))
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
    await queries.invalidateQueries({ queryKey: documentsKey(clientId) })
  }
  return (
    <ConfirmDialog open client={client} title={t('files.edit_title')} action={t('action.save')} undo={t('files.edit_undo')} busy={busy || !name.trim()}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void save()}>
      <FormControl label={t('files.col.name')} helpMessage={t('files.name_help', { extension: document.name.slice(bare.length) || tail })} errorMessages={faultsOf(fault, 'name')}>
        <Input width="100%" autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
      </FormControl>
      <FormControl label={t('files.col.note')} helpMessage={t('files.note_help')} errorMessages={faultsOf(fault, 'note')}>
        <Textarea width="100%" rows={3} value={note} onChange={(e) => setNote(e.target.value)} />
      </FormControl>
    </ConfirmDialog>
  )
}
