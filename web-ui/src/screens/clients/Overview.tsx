import { useState } from 'react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useClientHistory, useEstablishments, type Client, type Establishment } from '../../api/clients'
import { useEmployees, useHeadCount } from '../../api/employees'
import { problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { choiceText } from '../../forms/show'
import { rich, t } from '../../i18n'
import { Button, Card, Empty, Facts, FaPenIcon, format, Note, Page, type Fact } from '../../ui'
import { HistoryLine } from '../history/HistoryList'
import { EndClient } from './EndClient'
import { useOpenClient } from './open'
import { closingText, insurerText, periodText, scopeText } from './words'

/** What the office knows about a client, at a glance. */
export default function Overview() {
  const client = useOpenClient()
  const navigate = useNavigate()
  const may = useMay()
  const [ending, setEnding] = useState(false)
  const ended = client.state === 'ended'
  const params = { clientId: String(client.id) }
  return (
    <Page title={t('overview.title')} help="clients" actions={<>
      {may('client.create') && <Button onClick={() => setEnding(true)}>{t(ended ? 'overview.resume' : 'overview.end')}</Button>}
      {may('client.edit') && !ended && <Button variant="primary" prefix={<FaPenIcon />} onClick={() => void navigate({ to: '/clients/$clientId/edit', params })}>{t('overview.edit')}</Button>}</>}>
      {ended && <Note kind="soon">{t('clients.ended_note')}</Note>}
      <div className="client">
        <div className="k-col">
          <div className="two-col even"><Company client={client} /><Contract client={client} /></div>
          <Establishments client={client} />
        </div>
        <div className="k-col"><People client={client} /><Hired client={client} /><Moves client={client} /></div>
      </div>
      <EndClient client={client} open={ending} onClose={() => setEnding(false)} />
    </Page>
  )
}

const lines = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join('　')

function Company({ client: { profile: p } }: { client: Client }) {
  const rows: Fact[] = [
    [t('field.profile.corporate_number'), p.corporate_number?.replace(/(\d)(\d{4})(\d{4})(\d{4})/, '$1 $2 $3 $4')],
    [t('overview.representative'), lines(p.representative_title, p.representative_name, p.representative_kana && `（${format.name(p.representative_kana)}）`).replace('　（', '（')],
    [t('overview.place'), lines(p.postal_code && `〒${p.postal_code}`, p.address)],
    [t('field.profile.telephone'), lines(p.telephone, p.fax && `FAX ${p.fax}`)],
    [t('overview.industry'), lines(p.industry, p.fiscal_month ? t('overview.fiscal', { month: choiceText('month', String(p.fiscal_month)) }) : '')],
    [t('field.profile.entity'), choiceText('entity', p.entity)],
  ]
  return <Card title={t('overview.company')} id="h-company"><div className="in tight"><Facts rows={rows} /></div></Card>
}

function Contract({ client: { profile: p } }: { client: Client }) {
  const rows: Fact[] = [
    [t('overview.period'), periodText(p)],
    [t('overview.scope'), scopeText(p) || <span className="k-soon">{t('overview.scope_none')}</span>],
    [t('overview.closing'), closingText(p)],
    [t('field.profile.bonus_months'), p.bonus_months],
    [t('overview.contact'), lines(p.contact_name, p.contact_email)],
    [t('field.profile.note'), p.note && <span className="k-pre">{p.note}</span>],
  ]
  return <Card title={t('overview.contract')} id="h-contract"><div className="in tight"><Facts rows={rows} /></div></Card>
}

const Place = ({ clientId, place: { id, details: e } }: { clientId: string; place: Establishment }) => (
  <li>
    <div className="k-row base"><Link className="plain k-strong" to="/clients/$clientId/establishments" params={{ clientId }} search={{ open: id }}>{e.name}</Link>
      <span className="k-sub k-clip">{lines(e.address)}</span></div>
    <Facts rows={[
      [t('section.social_insurance'), lines(e.symbol, e.number && t('overview.number', { number: e.number }), insurerText(e), e.pension_office, e.specified && t('field.establishment.specified'))],
      [t('section.labour_insurance'), lines(e.labour_number, e.labour_industry, e.labour_office)],
      [t('section.employment_office'), lines(e.employment_office_number, e.hello_work)],
    ]} />
  </li>
)

function Establishments({ client }: { client: Client }) {
  const may = useMay()
  const { data } = useEstablishments(client.id)
  const clientId = String(client.id)
  return (
    <Card title={t('overview.establishments')} id="h-places" count={data && data.length > 0 ? t('common.unit.items', { n: data.length }) : undefined}
      actions={<Link className="k-sub" to="/clients/$clientId/establishments" params={{ clientId }}>{t('action.show_all')}</Link>}>
      {data?.length === 0 && <Empty title={t('overview.no_establishments')}>{t('overview.no_establishments_do')}
        {may('client.edit') && client.state !== 'ended' && <><br /><Link to="/clients/$clientId/establishments" params={{ clientId }} search={{ open: 0 }}>{t('overview.add_establishment')}</Link></>}</Empty>}
      <ul className="places">{data?.slice(0, 6).map((place) => <Place key={place.id} clientId={clientId} place={place} />)}</ul>
    </Card>
  )
}

const colours = { active: '#28447f', on_leave: '#d9a441', retired: '#d9d3c7' }
const states = ['active', 'on_leave', 'retired'] as const

/** Head counts by state, as one bar with its words. */
function People({ client }: { client: Client }) {
  const may = useMay()
  const counts = [useHeadCount(client.id, 'active'), useHeadCount(client.id, 'on_leave'), useHeadCount(client.id, 'retired')].map((n) => n ?? 0)
  const total = counts.reduce((sum, n) => sum + n, 0)
  const params = { clientId: String(client.id) }
  let x = 0
  return (
    <Card title={t('overview.people')} id="h-people" actions={<Link className="k-sub" to="/clients/$clientId/employees" params={params}>{t('action.show_all')}</Link>}>
      {total === 0 ? (
        <div className="in k-sub"><p>{t('overview.people_none')}</p>{may('employee.edit') && client.state !== 'ended' && <p className="k-row">
          <Link to="/clients/$clientId/employees/new" params={params}>{t('employees.new')}</Link>
          {may('import.run') && <Link to="/clients/$clientId/employees/import" params={params}>{t('employees.import')}</Link>}</p>}</div>
      ) : (
        <div className="in people">
          <p>{rich('overview.head_count', { n: counts[0] + counts[1], b: (parts) => <b key="b">{parts}</b> })}</p>
          <svg className="statebar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            {states.map((state, i) => {
              const width = (counts[i] / total) * 100
              const at = x
              x += width
              return <rect key={state} x={at} width={width} height="6" fill={colours[state]} />
            })}
          </svg>
          <ul className="legend">
            {states.map((state, i) => (
              <li key={state}><svg viewBox="0 0 9 9" aria-hidden="true"><rect width="9" height="9" rx="2" fill={colours[state]} /></svg>
                <Link className="plain" to="/clients/$clientId/employees" params={params} search={{ state: state === 'active' ? 'active' : state }}>{choiceText('attendance', state)}</Link> <b>{format.count(counts[i])}</b></li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}

function Hired({ client }: { client: Client }) {
  const { data } = useEmployees(client.id, { attendance: 'present', sort: '-hired_on', size: 5 })
  const rows = data?.employees.filter((e) => e.hired_on) ?? []
  if (rows.length === 0) return null
  return (
    <Card title={t('overview.hired')} id="h-hired">
      <ul className="recent">
        {rows.map((e) => (
          <li key={e.id}><Link className="plain k-clip" to="/clients/$clientId/employees/$employeeId" params={{ clientId: String(client.id), employeeId: String(e.id) }}>{format.name(e.name)}</Link>
            <span className="k-sub k-nowrap">{format.day(e.hired_on!)}</span></li>
        ))}
      </ul>
    </Card>
  )
}

function Moves({ client }: { client: Client }) {
  const { data, error } = useClientHistory(client.id)
  return (
    <Card title={t('overview.moves')} id="h-moves" actions={<Link className="k-sub" to="/clients/$clientId/history" params={{ clientId: String(client.id) }}>{t('action.show_all')}</Link>}>
      {error && <p className="in k-fault">{problemText(error)}</p>}
      {data?.length === 0 && <p className="in k-sub">{t('overview.moves_none')}</p>}
      <ul className="moves narrow">{data?.slice(0, 6).map((item) => <HistoryLine key={`${item.seq}${item.action}`} item={item} />)}</ul>
    </Card>
  )
}
