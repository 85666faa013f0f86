import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { clientChanged, clientQuery, endClient, markOf, resumeClient, type Client } from '../../api/clients'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, toast } from '../../ui'

/** 顧問契約の終了 and its undoing. Nothing is deleted; the name is typed because the client stops for everyone. */
export function EndClient({ client, open, onClose }: { client: Client; open: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const ends = client.state !== 'ended'
  const close = () => { setFault(undefined); onClose() }
  const act = async () => {
    setBusy(true)
    try {
      const changed = await (ends ? endClient(client) : resumeClient(client))
      await clientChanged(queries, changed)
      toast('done', t(ends ? 'end.done' : 'resume.done', { name: client.name }))
      close()
    } catch (problem) {
      setFault(problem)
      await queries.invalidateQueries({ queryKey: clientQuery(client.id).queryKey })
    } finally {
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open={open} client={markOf(client)} weight={ends ? 'typed' : 'plain'} title={t(ends ? 'end.title' : 'resume.title')} action={t(ends ? 'end.action' : 'overview.resume')}
      undo={t(ends ? 'end.undo' : 'resume.undo')} busy={busy} error={fault === undefined ? undefined : problemText(fault)} onClose={close} onDone={() => void act()}>
      <p>{t(ends ? 'end.body' : 'resume.body', { name: client.name, n: client.employees })}</p>
    </ConfirmDialog>
  )
}
