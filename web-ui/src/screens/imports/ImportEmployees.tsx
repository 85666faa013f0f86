import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ImportWizard } from './ImportWizard'

const route = '/shell/clients/$clientId/employees/import'

export default function ImportEmployees() {
  const params = useParams({ from: route })
  const place = useSearch({ from: route })
  const navigate = useNavigate()
  return (
    <ImportWizard door={{ kind: 'employees', clientId: Number(params.clientId) }} place={place}
      go={(search) => void navigate({ to: '/clients/$clientId/employees/import', params, search })}
      toList={() => void navigate({ to: '/clients/$clientId/employees', params })} />
  )
}
