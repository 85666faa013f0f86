import { useMemo } from 'react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { markOf, useEstablishments } from '../../api/clients'
import { createEmployee, employeeChanged, useDepartments, type Employee, type Ledger } from '../../api/employees'
import { useRecordForm } from '../../forms/useRecordForm'
import { t } from '../../i18n'
import { FaAngleRightIcon, HelpLink, Note, toast } from '../../ui'
import { useOpenClient } from '../clients/open'
import { ledgerSpec } from './ledger'
import { LedgerForm } from './LedgerForm'
import { nameOf } from './words'
import './employees.css'

export default function NewEmployee() {
  const client = useOpenClient()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: establishments } = useEstablishments(client.id)
  const departments = useDepartments(client.id)
  const spec = useMemo(() => ledgerSpec({ establishments, departments }), [establishments, departments])
  const params = { clientId: String(client.id) }
  const record = useRecordForm<Ledger, Employee>({
    spec, readOnly: client.state === 'ended',
    save: (body) => createEmployee(client.id, body),
    onSaved: (made) => {
      toast('done', t('employee.created', { name: nameOf(made.ledger) }))
      void employeeChanged(queries, client.id, made.id)
      void navigate({ to: '/clients/$clientId/employees/$employeeId', params: { ...params, employeeId: String(made.id) } })
    },
  })
  return (
    <div className="emp">
      <header className="emp-head">
        <nav className="k-xs crumbs" aria-label={t('employee.crumbs')}><Link to="/clients/$clientId/employees" params={params}>{t('employees.title')}</Link><FaAngleRightIcon /></nav>
        <h1>{t('employee.new_title')}</h1><HelpLink page="employees" />
      </header>
      <LedgerForm record={record} client={markOf(client)} create={{ action: t('employee.create'), onCancel: () => void navigate({ to: '/clients/$clientId/employees', params }) }}
        lead={client.state === 'ended' ? <Note kind="soon">{t('clients.ended_note')}</Note> : undefined} aside={<Note>{t('employee.new_sub')}</Note>} />
    </div>
  )
}
