import { useNavigate, useSearch } from '@tanstack/react-router'
import { ImportWizard } from './ImportWizard'

export default function ImportClients() {
  const place = useSearch({ from: '/shell/screen/clients/import' })
  const navigate = useNavigate()
  return (
    <ImportWizard door={{ kind: 'clients' }} place={place}
      go={(search) => void navigate({ to: '/clients/import', search })} toList={() => void navigate({ to: '/clients' })} />
  )
}
