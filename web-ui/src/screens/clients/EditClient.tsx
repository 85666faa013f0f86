import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { clientChanged, markOf, updateClient, type Client, type ClientInput } from '../../api/clients'
import { useMay } from '../../api/session'
import { useRecordForm } from '../../forms/useRecordForm'
import { t } from '../../i18n'
import { Button, Note, Page, toast } from '../../ui'
import { ClientForm } from './ClientForm'
import { useOpenClient } from './open'
import { clientSpec } from './profile'

export default function EditClient() {
  const client = useOpenClient()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const may = useMay()
  const ended = client.state === 'ended'
  const back = () => void navigate({ to: '/clients/$clientId', params: { clientId: String(client.id) } })
  const record = useRecordForm<ClientInput, Client>({
    spec: clientSpec, body: client, version: client.version, readOnly: ended || !may('client.edit'),
    save: (body, version) => updateClient(client.id, body, version),
    current: (now) => (now ? { body: now, version: (now as Client).version } : undefined),
    onSaved: (saved) => {
      toast('done', t('clients.saved', { name: saved.name }))
      void clientChanged(queries, saved)
      back()
    },
  })
  return (
    <Page title={t('clients.edit_title')} help="clients" actions={<Button onClick={back}>{t('action.back')}</Button>}>
      {ended && <Note kind="soon">{t('clients.ended_note')}</Note>}
      <ClientForm record={record} client={markOf(client)} />
    </Page>
  )
}
