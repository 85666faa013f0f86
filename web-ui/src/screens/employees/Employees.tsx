import { useEffect } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEmployees, type EmployeeRow } from '../../api/employees'
import { rememberWalk, useTyped } from '../../api/memory'
import { problemText } from '../../api/problem'
import { useSettled } from '../../api/search'
import { useMay } from '../../api/session'
import { choiceText } from '../../forms/show'
import { rich, t } from '../../i18n'
import {
  Button, Empty, FaFileCsvIcon, FaMagnifyingGlassIcon, FaPlusIcon, format, Input, Note, Page, Pager, Select, SortTh, Status, useKey,
} from '../../ui'
import { useOpenClient } from '../clients/open'
import { ExportEmployees } from '../exports/ExportButton'
import { EmployeePanel } from './EmployeePanel'
import { attendances, employmentTypes } from './ledger'
import { attendanceKind, thousands } from './words'

/** The people of a client. A row opens the side panel, Alt+↑/↓ walks; the name leads to the whole page. */
export default function Employees() {
  const client = useOpenClient()
  const search = useSearch({ from: '/shell/clients/$clientId/employees' })
  const navigate = useNavigate()
  const may = useMay()
  const [text, setText] = useTyped(`employees ${client.id}`)
  const settled = useSettled(text.trim())
  const state = search.state ?? 'present'
  const sort = search.sort ?? 'number'
  const wanted = {
    text: settled || null, attendance: state === 'all' ? null : state, department: search.department ?? null, employment_type: search.type ?? null,
    sort, page: search.page ?? 1, size: search.size ?? 50,
  }
  const { data, error, isPending } = useEmployees(client.id, wanted)
  const rows = data?.employees ?? []
  useEffect(() => { rememberWalk(client.id, wanted) })
  const params = { clientId: String(client.id) }
  const go = (next: typeof search) => void navigate({ to: '/clients/$clientId/employees', params, search: next, replace: true })
  const show = (change: Partial<typeof search>) => go({ ...search, page: undefined, open: undefined, ...change })
  const open = (id: number | undefined) => go({ ...search, open: id })
  const filtered = Boolean(text || search.state || search.department || search.type)
  const clear = () => { setText(''); show({ state: undefined, department: undefined, type: undefined }) }
  const at = rows.findIndex((row) => row.id === search.open)
  const walk = (by: number) => { if (rows[at + by]) open(rows[at + by].id) }
  useKey('alt+ArrowDown', () => walk(1), at >= 0)
  useKey('alt+ArrowUp', () => walk(-1), at >= 0)
  const edit = may('employee.edit') && client.state !== 'ended'
  return (
    <div className={at >= 0 ? 'split open' : 'split'}>
      <Page title={t('employees.title')} help="employees" actions={<>
        <ExportEmployees clientId={client.id} />
        {edit && may('import.run') && <Button prefix={<FaFileCsvIcon />} onClick={() => void navigate({ to: '/clients/$clientId/employees/import', params })}>{t('employees.import')}</Button>}
        {edit && <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => void navigate({ to: '/clients/$clientId/employees/new', params })}>{t('employees.new')}</Button>}</>}>
        {client.state === 'ended' && <Note kind="soon">{t('clients.ended_note')}</Note>}
        <div className="k-card">
          <div className="filters" role="search">
            <Input aria-label={t('employees.filter')} placeholder={t('employees.filter')} width={210} prefix={<FaMagnifyingGlassIcon />} autoComplete="off" spellCheck={false}
              value={text} onChange={(e) => { setText(e.target.value); if (search.page || search.open) show({}) }} />
            <Select aria-label={t('employees.attendance')} value={state} onChangeValue={(v) => show({ state: v === 'present' ? undefined : (v as typeof search.state) })}
              options={[{ value: 'present', label: t('employees.attendance.present') }, ...attendances.map((a) => ({ value: a as string, label: choiceText('attendance', a) })),
                { value: 'all', label: t('employees.attendance.all') }]} />
            <Select aria-label={t('employees.department')} value={search.department ?? ''} width={150} onChangeValue={(v) => show({ department: v || undefined })}
              options={[{ value: '', label: t('employees.department.all') }, ...(data?.departments ?? []).map((d) => ({ value: d, label: d }))]} />
            <Select aria-label={t('employees.type')} value={search.type ?? ''} onChangeValue={(v) => show({ type: (v || undefined) as typeof search.type })}
              options={[{ value: '', label: t('employees.type.all') }, ...employmentTypes.map((v) => ({ value: v as string, label: choiceText('employment_type', v) }))]} />
            {filtered && <Button className="k-bare" onClick={clear}>{t('action.clear_filter')}</Button>}
          </div>
          {error && <div className="in"><Note kind="alert" role="alert">{problemText(error)}</Note></div>}
          <table className="k-table stick">
            <thead><tr>
              <SortTh by="number" sort={sort} onSort={(s) => show({ sort: s })}>{t('employees.col.number')}</SortTh>
              <SortTh by="kana" sort={sort} onSort={(s) => show({ sort: s })}>{t('employees.col.name')}</SortTh>
              <SortTh by="department" sort={sort} onSort={(s) => show({ sort: s })}>{t('employees.col.department')}</SortTh>
              <th>{t('employees.col.type')}</th>
              <SortTh by="hired_on" sort={sort} onSort={(s) => show({ sort: s })}>{t('employees.col.hired')}</SortTh>
              <th className="k-num">{t('employees.col.standard')}</th><th>{t('employees.col.state')}</th>
            </tr></thead>
            <tbody>{rows.map((row) => <Row key={row.id} row={row} clientId={params.clientId} open={row.id === search.open} onOpen={() => open(row.id)} />)}</tbody>
          </table>
          {rows.length === 0 && data && !isPending && (filtered
            ? <Empty title={t('employees.none')}>{rich('employees.none_do', { a: (parts) => <button key="a" className="k-link big" onClick={clear}>{parts}</button> })}</Empty>
            : <Empty title={t('employees.empty')}>{edit && rich('employees.empty_do', {
              a: (parts) => <Link key="a" to="/clients/$clientId/employees/new" params={params}>{parts}</Link>, b: (parts) => <Link key="b" to="/clients/$clientId/employees/import" params={params}>{parts}</Link> })}</Empty>)}
          {data && (data.total > 0 || filtered) && <Pager total={data.total} page={data.page} size={search.size ?? 50} onPage={(page) => show({ page })} onSize={(size) => show({ size: size === 50 ? undefined : size })} />}
        </div>
      </Page>
      {at >= 0 && <EmployeePanel key={rows[at].id} clientId={client.id} row={rows[at]} onClose={() => open(undefined)} />}
    </div>
  )
}

function Row({ row, clientId, open, onOpen }: { row: EmployeeRow; clientId: string; open: boolean; onOpen: () => void }) {
  return (
    <tr data-click aria-selected={open} onClick={onOpen}>
      <td className="k-nowrap">{row.number}</td>
      <td className="k-nowrap"><Link className="plain k-strong" to="/clients/$clientId/employees/$employeeId" params={{ clientId, employeeId: String(row.id) }}
        title={format.name(row.name_kana)} onClick={(e) => e.stopPropagation()}>{format.name(row.name)}</Link></td>
      <td className="k-nowrap">{row.department}</td>
      <td className="k-nowrap">{row.employment_type && choiceText('employment_type', row.employment_type)}</td>
      <td className="k-nowrap">{row.hired_on && format.day(row.hired_on)}</td>
      <td className="k-num k-nowrap">{thousands(row.health_standard)}</td>
      <td><Status kind={attendanceKind[row.attendance]}>{choiceText('attendance', row.attendance)}</Status></td>
    </tr>
  )
}
