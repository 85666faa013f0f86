import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { setNetworks, setNetworksOfClient, useNetworksOfClient, type NetworkEntry, type NetworkRow, type Networks } from '../../api/access'
import { Problem, faultsOf, fieldFaultText, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Checkbox, ConfirmDialog, FormControl, Note, Status, Textarea, toast, type ClientMark } from '../../ui'
import { corrected, entriesOf, lineFaults, textOf } from './lines'

type EditorProps = {
  title: string; lead: string; client?: ClientMark; rows: NetworkRow[]; start: NetworkRow[]; address: string; default: string; mine: boolean
  save: (entries: NetworkEntry[] | null, force: boolean) => Promise<unknown>; onClose: () => void
}

/** A list as text, one network a line; what is refused is named by its line, with what was probably meant. */
function Editor({ title, lead, client, rows, start, address, mine, save, onClose, ...props }: EditorProps) {
  const queries = useQueryClient()
  const [text, setText] = useState(() => textOf(start))
  const [fault, setFault] = useState<unknown>()
  const [sent, setSent] = useState(() => entriesOf(''))
  const [force, setForce] = useState(false)
  const [busy, setBusy] = useState(false)
  const typed = entriesOf(text)
  const faults = lineFaults(fault, sent)
  const locksOut = fault instanceof Problem && fault.code === 'would_lock_out'
  const all = faultsOf(fault, 'entries') ?? []
  const type = (next: string) => { // what was refused is another list now
    setText(next)
    setFault(undefined)
    setForce(false)
  }
  const act = async (entries: NetworkEntry[] | null) => {
    setBusy(true)
    setSent(typed)
    try {
      await save(entries, force)
      toast('done', t('access.saved'))
      await queries.invalidateQueries({ queryKey: ['access'] })
      onClose()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  const yours = rows.filter((row) => row.yours).map((row) => row.network)
  return (
    <ConfirmDialog open size="L" title={title} action={t('action.save')} undo={t('access.networks_undo')} client={client} busy={busy || (locksOut && !force)}
      error={fault === undefined || faults.length > 0 || all.length > 0 ? undefined : problemText(fault)} onClose={onClose} onDone={() => void act(typed.entries)}>
      <p>{lead}</p>
      {mine && <Status kind={yours.length > 0 ? 'done' : 'wait'}>{yours.length > 0 ? t('access.address_in', { address, networks: yours.join(t('access.windows_and')) }) : t('access.address_out', { address })}</Status>}
      <div className="net-edit">
        <FormControl label={t('access.lines')} helpMessage={t('access.lines_help')} errorMessages={all}>
          <Textarea width="100%" rows={9} value={text} spellCheck={false} onChange={(e) => type(e.target.value)} />
        </FormControl>
      </div>
      <div className="k-row"><span className="k-sub">{t('access.line_count', { n: typed.entries.length })}</span>
        <Button size="s" className="k-push" disabled={busy} onClick={() => void act(null)}>{props.default}</Button></div>
      {faults.length > 0 && (
        <div className="net-faults" role="alert"><ul>
          {faults.map((f) => (
            <li key={`${f.line}-${f.code}`}><b>{t('access.line', { n: f.line })}</b><span>{t('access.line_fault', { network: f.network, text: fieldFaultText(f.code) })}</span>
              {f.instead && <Button size="s" onClick={() => type(corrected(text, f))}>{t('access.correct', { network: f.instead })}</Button>}</li>
          ))}
        </ul></div>
      )}
      {typed.entries.length === 0 && <Note kind="soon">{t('access.empty_note')}</Note>}
      {locksOut && <Checkbox checked={force} onChange={(e) => setForce(e.target.checked)}>{t('access.force')}</Checkbox>}
    </ConfirmDialog>
  )
}

export function ClassNetworks({ list, address, onClose }: { list: Networks['lists'][number]; address: string; onClose: () => void }) {
  const who = t(`access.class.${list.account_class}`)
  return (
    <Editor title={t('access.edit_title', { who })} lead={t('access.edit_lead', { who })} rows={list.entries} start={list.entries} address={address}
      mine default={t('access.to_default')} onClose={onClose} save={(entries, force) => setNetworks(list.account_class, entries, list.version, force)} />
  )
}

type ClientProps = { client: { id: number; code: string; name: string; colour: number } | undefined; address: string; onClose: () => void }
export function ClientNetworks({ client, address, onClose }: ClientProps) {
  const { data } = useNetworksOfClient(client?.id)
  if (!client || !data) return null
  return (
    <Editor title={t('access.edit_title', { who: client.name })} lead={t('access.edit_lead_client')} client={{ ...client, hue: client.colour + 1 }} rows={data.entries} start={data.entries}
      address={address} mine={false} default={t('access.to_class')} onClose={onClose} save={(entries) => setNetworksOfClient(client.id, entries, data.version)} />
  )
}
