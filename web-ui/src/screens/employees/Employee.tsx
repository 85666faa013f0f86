import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { markOf, useEstablishments } from '../../api/clients'
import { employeeChanged, updateEmployee, useDepartments, useEmployee, useEmployeeHistory, useNeighbours, type Employee as Record, type Ledger } from '../../api/employees'
import { isMissing, problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { choiceText } from '../../forms/show'
import { useRecordForm } from '../../forms/useRecordForm'
import { t } from '../../i18n'
import { Button, DateBox, FaAngleRightIcon, format, isIsoDate, Kbd, Note, Status, toast, useKey } from '../../ui'
import { NotFound } from '../../shell/NotFound'
import { useOpenClient } from '../clients/open'
import { Files } from '../documents/Files'
import { HistoryList } from '../history/HistoryList'
import { attendances, ledgerSpec } from './ledger'
import { LedgerForm } from './LedgerForm'
import { Retire } from './Retire'
import { VersionsCard } from './VersionsCard'
import { attendanceKind, kanaOf, nameOf, placeOf } from './words'
import './employees.css'

const tabs = [undefined, 'documents', 'history'] as const

/** The page of one person: ledger, files, history. Alt+↑/↓ goes on in the list that it was opened from. */
export default function Employee() {
  const client = useOpenClient()
  const { employeeId } = useParams({ from: '/shell/clients/$clientId/employees/$employeeId' })
  const search = useSearch({ from: '/shell/clients/$clientId/employees/$employeeId' })
  const may = useMay()
  const id = Number(employeeId)
  const { data: employee, error } = useEmployee(client.id, id, search.as_of)
  if (isMissing(error) && !employee) return <NotFound />
  if (error && !employee) throw error
  if (!employee) return <div className="emp" aria-busy="true" />
  const params = { clientId: String(client.id), employeeId }
  const shown = tabs.filter((tab) => tab !== 'documents' || may('document.view'))
  return (
    <div className="emp">
      <Head key={id} employee={employee} />
      <nav className="k-tabs emp-tabs" aria-label={t('employee.tabs')}>
        {shown.map((tab) => (
          <Link key={tab ?? 'ledger'} to="/clients/$clientId/employees/$employeeId" params={params} search={tab ? { tab } : {}} activeOptions={{ exact: true }} aria-current={tab === search.tab ? 'page' : undefined}>
            {t(`employee.tab.${tab ?? 'ledger'}`)}</Link>
        ))}
        <span className="emp-who k-push k-sub">{employee.ledger.basic.number} <b>{nameOf(employee.ledger)}</b></span>
      </nav>
      {search.tab === 'documents' && <div className="emp-whole"><Files clientId={client.id} employeeId={id} /></div>}
      {search.tab === 'history' && <div className="emp-whole"><History employeeId={id} /></div>}
      {!search.tab && <LedgerTab key={`${id} ${search.as_of ?? ''}`} employee={employee} asOf={search.as_of} />}
    </div>
  )
}

function Head({ employee }: { employee: Record }) {
  const client = useOpenClient()
  const navigate = useNavigate()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const { previous, next } = useNeighbours(client.id, employee.id)
  const clientId = String(client.id)
  const go = (step?: () => Promise<number | undefined>) => void step?.().then((id) => {
    if (id !== undefined) return navigate({ to: '/clients/$clientId/employees/$employeeId', params: { clientId, employeeId: String(id) } })
  })
  useKey('alt+ArrowUp', () => go(previous), previous !== undefined)
  useKey('alt+ArrowDown', () => go(next), next !== undefined)
  const { ledger } = employee
  const state = ledger.basic.attendance
  return (
    <header className="emp-head">
      <nav className="k-xs crumbs" aria-label={t('employee.crumbs')}><Link to="/clients/$clientId/employees" params={{ clientId }}>{t('employees.title')}</Link><FaAngleRightIcon />{ledger.basic.number}</nav>
      <h1>{nameOf(ledger)}</h1><span className="k-sub">{kanaOf(ledger)}</span><Status kind={attendanceKind[state]} pill>{choiceText('attendance', state)}</Status>
      <span className="k-sub k-clip">{placeOf(ledger)}　{t('employees.age', { n: format.age(ledger.basic.birth_date) })}</span>
      <span className="k-row k-push">
        {may('employee.edit') && client.state !== 'ended' && <Button size="s" onClick={() => setAsking(true)}>{t(state === 'retired' ? 'reinstate.button' : 'retire.button')}</Button>}
        <Button size="s" disabled={!previous} onClick={() => go(previous)}>{t('employee.previous')}</Button><Button size="s" disabled={!next} onClick={() => go(next)}>{t('employee.next')}</Button><Kbd>Alt ↑↓</Kbd></span>
      <Retire clientId={client.id} client={markOf(client)} employee={employee} open={asking} onClose={() => setAsking(false)} />
    </header>
  )
}

function History({ employeeId }: { employeeId: number }) {
  const client = useOpenClient()
  const { data, error } = useEmployeeHistory(client.id, employeeId)
  const { data: establishments } = useEstablishments(client.id)
  const ledger = useMemo(() => ledgerSpec({ establishments }), [establishments])
  if (error) return <Note kind="alert" role="alert">{problemText(error)}</Note>
  return data ? <HistoryList items={data} ledger={ledger} /> : null
}

function LedgerTab({ employee, asOf }: { employee: Record; asOf?: string }) {
  const client = useOpenClient()
  const queries = useQueryClient()
  const may = useMay()
  const { data: establishments } = useEstablishments(client.id)
  const departments = useDepartments(client.id)
  const retired = employee.ledger.basic.attendance === 'retired'
  const spec = useMemo(
    () => ledgerSpec({ establishments, departments, states: attendances.filter((state) => (state === 'retired') === retired) }), [establishments, departments, retired])
  const record = useRecordForm<Ledger, Record>({
    spec, body: employee.ledger, version: employee.version, readOnly: client.state === 'ended' || !may('employee.edit'),
    save: (body, version) => updateEmployee(client.id, employee.id, body, version),
    current: (now) => (now ? { body: (now as Record).ledger, version: (now as Record).version } : undefined),
    onSaved: (saved) => {
      toast('done', t('employee.saved', { name: nameOf(saved.ledger) }))
      void employeeChanged(queries, client.id, employee.id)
    },
  })
  const notes = (
    <>
      {client.state === 'ended' ? <Note kind="soon">{t('clients.ended_note')}</Note> : record.readOnly && <Note>{t('employee.read_only')}</Note>}
      {asOf && <Note kind="soon">{t('employee.as_of_note', { day: format.day(asOf) })}</Note>}
    </>
  )
  return <LedgerForm record={record} client={markOf(client)} versions={employee.versions} lead={notes}
    aside={<><AsOf employeeId={employee.id} asOf={asOf} /><VersionsCard clientId={client.id} client={markOf(client)} employee={employee} spec={spec} readOnly={record.readOnly} /></>} />
}

/** Look at the record as it was, or will be, on another day. */
function AsOf({ employeeId, asOf }: { employeeId: number; asOf?: string }) {
  const client = useOpenClient()
  const navigate = useNavigate()
  const [day, setDay] = useState(asOf ?? format.today())
  const show = (as_of?: string) => void navigate({ to: '/clients/$clientId/employees/$employeeId', params: { clientId: String(client.id), employeeId: String(employeeId) }, search: { as_of } })
  return (
    <div className="k-card"><div className="in as-of">
      <DateBox label={t('employee.as_of')} value={day} onChange={(next) => { setDay(next); if (isIsoDate(next)) show(next === format.today() ? undefined : next) }} />
      {asOf && <Button size="s" onClick={() => show()}>{t('employee.as_of_now')}</Button>}
    </div></div>
  )
}
