import { useNavigate } from '@tanstack/react-router'
import { useEmployee, type EmployeeRow, type Ledger } from '../../api/employees'
import { problemText } from '../../api/problem'
import { choiceText, longDay } from '../../forms/show'
import { t } from '../../i18n'
import { Button, Facts, format, Kbd, Note, SidePanel, Status, type Fact } from '../../ui'
import { addressOf, attendanceKind, thousands } from './words'

/** A person beside the list: what is looked up most, and the way to the whole record. */
export function EmployeePanel({ clientId, row, onClose }: { clientId: number; row: EmployeeRow; onClose: () => void }) {
  const navigate = useNavigate()
  const { data, error } = useEmployee(clientId, row.id)
  const open = () => void navigate({ to: '/clients/$clientId/employees/$employeeId', params: { clientId: String(clientId), employeeId: String(row.id) } })
  return (
    <SidePanel label={t('employees.panel', { name: format.name(row.name) })} face={[...row.name][0]} top={format.name(row.name_kana)} title={format.name(row.name)}
      sub={<>{row.number}　<Status kind={attendanceKind[row.attendance]}>{choiceText('attendance', row.attendance)}</Status></>} onClose={onClose}>
      <div className="k-row"><Button variant="primary" onClick={open}>{t('panel.edit')}</Button>
        <span className="k-push k-xs"><Kbd>Alt</Kbd> <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('employees.walk')}</span></div>
      {error && <Note kind="alert" role="alert">{problemText(error)}</Note>}
      {data && <Details ledger={data.ledger} />}
    </SidePanel>
  )
}

const insured = (part: { state: string; acquired_on?: string | null } | null | undefined) =>
  part && [choiceText('insurance_state', part.state), part.acquired_on && format.day(part.acquired_on)].filter(Boolean).join('　')

function Details({ ledger }: { ledger: Ledger }) {
  const { basic, employment, remuneration, health, pension, employment_insurance: labour, relatives } = ledger
  const standard = remuneration && (remuneration.health_standard != null || remuneration.pension_standard != null)
    ? t('panel.standard_value', { health: thousands(remuneration.health_standard), pension: thousands(remuneration.pension_standard) }) : ''
  const base: Fact[] = [
    [t('field.basic.birth_date'), `${longDay(basic.birth_date)}　${t('employees.age', { n: format.age(basic.birth_date) })}`],
    [t('field.basic.hired_on'), longDay(basic.hired_on)],
    ...(basic.retired_on ? [[t('panel.retired'), longDay(basic.retired_on)] as Fact] : []),
    [t('field.employment.department'), [employment?.department, employment?.title].filter(Boolean).join('　')],
    [t('field.employment.type'), employment && choiceText('employment_type', employment.type)],
    [t('panel.address'), addressOf(ledger)],
    [t('field.basic.telephone'), basic.telephone],
  ]
  const insurance: Fact[] = [
    [t('panel.standard'), standard],
    [t('section.health'), insured(health)],
    [t('section.pension'), insured(pension)],
    [t('panel.reference'), health?.reference ?? pension?.reference],
    [t('panel.employment_insurance'), [insured(labour), labour?.number].filter(Boolean).join('　')],
  ]
  return (
    <>
      <h3>{t('panel.basic')}</h3><Facts slim rows={base} />
      <h3>{t('panel.insurance')}</h3><Facts slim rows={insurance} />
      <h3>{t('panel.relatives')}</h3>
      {relatives.length === 0 ? <p className="k-sub">{t('panel.no_relatives')}</p> : (
        <Facts slim rows={relatives.map((r): Fact => [r.relation, <>{r.last_name} {r.first_name}{r.birth_date && `　${format.day(r.birth_date)}`}　
          {r.dependent !== 'none' && <Status kind="done">{choiceText('dependent_state', r.dependent)}</Status>}</>])} />
      )}
    </>
  )
}
