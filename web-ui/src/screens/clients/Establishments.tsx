import { useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import {
  createEstablishment, establishmentsKey, markOf, removeEstablishment, updateEstablishment, useEstablishments, type Client, type Establishment, type EstablishmentInput,
} from '../../api/clients'
import { problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { RecordFrame, SectionCard } from '../../forms/RecordParts'
import { useRecordForm } from '../../forms/useRecordForm'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Empty, FaPlusIcon, FaTrashCanIcon, Note, Page, toast } from '../../ui'
import { useOpenClient } from './open'
import { establishmentSpec } from './profile'
import { insurerText } from './words'

/** 事業所: the list on the left, the open one (or a new one: 0) on the right. */
export default function Establishments() {
  const client = useOpenClient()
  const search = useSearch({ from: '/shell/clients/$clientId/establishments' })
  const navigate = useNavigate()
  const may = useMay()
  const { data, error } = useEstablishments(client.id)
  const edit = may('client.edit') && client.state !== 'ended'
  const open = (id: number | undefined) => void navigate({ to: '/clients/$clientId/establishments', params: { clientId: String(client.id) }, search: { open: id } })
  const shown = search.open === 0 ? undefined : data?.find((e) => e.id === search.open) ?? data?.[0]
  const adding = edit && (search.open === 0)
  return (
    <Page title={t('establishments.title')} sub={t('establishments.sub')} help="clients"
      actions={edit && !adding && <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => open(0)}>{t('establishments.new')}</Button>}>
      {error && <Note kind="alert" role="alert">{problemText(error)}</Note>}
      {client.state === 'ended' && <Note kind="soon">{t('clients.ended_note')}</Note>}
      {data?.length === 0 && !adding ? <div className="k-card"><Empty title={t('establishments.none')}>{edit && t('establishments.none_do')}</Empty></div> : (
        <div className="places-split">
          <nav className="k-card place-list" aria-label={t('establishments.list')}>
            <ul>
              {data?.map((e) => (
                <li key={e.id}><button aria-current={!adding && e.id === shown?.id} onClick={() => open(e.id)}><b className="k-clip">{e.details.name}</b>
                  <span className="k-xs">{[e.details.symbol, insurerText(e.details)].filter(Boolean).join('　') || t('common.not_set')}</span></button></li>
              ))}
              {adding && <li><button aria-current><b>{t('establishments.new_title')}</b></button></li>}
            </ul>
          </nav>
          {adding && <Form key="new" client={client} readOnly={false} onDone={open} />}
          {!adding && shown && <Form key={shown.id} client={client} establishment={shown} readOnly={!edit} onDone={open} />}
        </div>
      )}
    </Page>
  )
}

type FormProps = { client: Client; establishment?: Establishment; readOnly: boolean; onDone: (open: number | undefined) => void }
function Form({ client, establishment, readOnly, onDone }: FormProps) {
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const record = useRecordForm<EstablishmentInput, Establishment>({
    spec: establishmentSpec, body: establishment?.details, version: establishment?.version, readOnly,
    save: (body, version) => (establishment ? updateEstablishment(client.id, establishment.id, body, version) : createEstablishment(client.id, body)),
    current: (now) => (now ? { body: (now as Establishment).details, version: (now as Establishment).version } : undefined),
    onSaved: (saved) => {
      toast('done', t(establishment ? 'establishments.saved' : 'establishments.created', { name: saved.details.name }))
      void queries.invalidateQueries({ queryKey: ['client', client.id] })
      onDone(saved.id)
    },
  })
  const [first, ...others] = establishmentSpec.sections
  return (
    <div>
      <RecordFrame record={record} client={markOf(client)} create={establishment ? undefined : { action: t('establishments.new'), onCancel: () => onDone(undefined) }}>
        <SectionCard section={first} actions={establishment && !readOnly && <Button size="s" className="k-bare" prefix={<FaTrashCanIcon />} onClick={() => setDeleting(true)}>{t('action.delete')}</Button>} />
        {others.map((section) => <SectionCard key={section.id} section={section} />)}
      </RecordFrame>
      {establishment && <Delete client={client} establishment={establishment} open={deleting} onClose={() => setDeleting(false)} onDone={() => onDone(undefined)} />}
    </div>
  )
}

type DeleteProps = { client: Client; establishment: Establishment; open: boolean; onClose: () => void; onDone: () => void }
function Delete({ client, establishment, open, onClose, onDone }: DeleteProps) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const name = establishment.details.name
  const close = () => { setFault(undefined); onClose() }
  const act = async () => {
    setBusy(true)
    try {
      await removeEstablishment(client.id, establishment)
      toast('done', t('establishments.deleted', { name }))
      close()
      onDone()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
    await queries.invalidateQueries({ queryKey: establishmentsKey(client.id) })
  }
  return (
    <ConfirmDialog open={open} client={markOf(client)} weight="checked" title={t('establishments.delete_title')} action={t('action.delete')} undo={t('establishments.delete_undo')}
      busy={busy} error={fault === undefined ? undefined : problemText(fault)} onClose={close} onDone={() => void act()}>
      <p>{t('establishments.delete_body', { name })}</p>
    </ConfirmDialog>
  )
}
