import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { clientChanged, createClient, type Client, type ClientInput } from '../../api/clients'
import { useRecordForm } from '../../forms/useRecordForm'
import { t } from '../../i18n'
import { Page, toast } from '../../ui'
import { ClientForm } from './ClientForm'
import { clientSpec } from './profile'
import './clients.css'

export default function NewClient() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const record = useRecordForm<ClientInput, Client>({
    spec: clientSpec,
    save: createClient,
    onSaved: (client) => {
      toast('done', t('clients.created', { name: client.name }))
      void clientChanged(queries, client)
      void navigate({ to: '/clients/$clientId', params: { clientId: String(client.id) } })
    },
  })
  return (
    <Page title={t('clients.new_title')} sub={t('clients.new_sub')} help="clients">
      <ClientForm record={record} create={{ action: t('clients.new'), onCancel: () => void navigate({ to: '/clients' }) }} />
    </Page>
  )
}
