import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useClientCount, useClients, type ClientSummary } from '../../api/clients'
import { useTyped } from '../../api/memory'
import { problemText } from '../../api/problem'
import { useSettled } from '../../api/search'
import { useMay } from '../../api/session'
import { rich, t } from '../../i18n'
import {
  Button, Empty, FaFileCsvIcon, FaMagnifyingGlassIcon, FaPlusIcon, format, Input, Note, Page, Pager, SortTh, Status,
} from '../../ui'
import { ExportClients } from '../exports/ExportButton'
import './clients.css'

const views = ['active', 'ended', 'all'] as const

/** All client companies that the person may see. What is typed stays out of the URL. */
export default function Clients() {
  const search = useSearch({ from: '/shell/screen/clients' })
  const navigate = useNavigate()
  const may = useMay()
  const [text, setText] = useTyped('clients')
  const settled = useSettled(text.trim())
  const view = search.state ?? 'active'
  const sort = search.sort ?? 'code'
  const { data, error, isPending } = useClients({ text: settled || null, state: view === 'all' ? null : view, sort, page: search.page ?? 1, size: search.size ?? 50 })
  const counts = { active: useClientCount('active'), ended: useClientCount('ended') }
  const count = (v: (typeof views)[number]) => (v !== 'all' ? counts[v] : counts.active === undefined || counts.ended === undefined ? undefined : counts.active + counts.ended)
  const show = (change: Partial<typeof search>) => void navigate({ to: '/clients', search: { ...search, page: undefined, ...change }, replace: true })
  const type = (next: string) => { setText(next); if (search.page) show({}) }
  const clear = () => { setText(''); show({ state: undefined }) }
  const nobody = count('all') === 0
  return (
    <Page title={t('clients.title')} help="clients" actions={<>
      <ExportClients />
      {may('client.create') && <>
        <Button prefix={<FaFileCsvIcon />} onClick={() => void navigate({ to: '/clients/import' })}>{t('clients.import')}</Button>
        <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => void navigate({ to: '/clients/new' })}>{t('clients.new')}</Button></>}</>}>
      <div className="k-card">
        <div className="list-head">
          <div className="k-tabs" role="tablist" aria-label={t('clients.views')}>
            {views.map((v) => (
              <button key={v} role="tab" aria-selected={v === view} onClick={() => show({ state: v === 'active' ? undefined : v })}>
                {t(`clients.view.${v}`)} {count(v) !== undefined && <span className="k-count">{format.count(count(v)!)}</span>}</button>
            ))}
          </div>
        </div>
        <div className="filters" role="search">
          <Input aria-label={t('clients.filter')} placeholder={t('clients.filter')} width={280} prefix={<FaMagnifyingGlassIcon />} autoComplete="off" spellCheck={false}
            value={text} onChange={(e) => type(e.target.value)} />
          {(text || search.state) && <Button className="k-bare" onClick={clear}>{t('action.clear_filter')}</Button>}
        </div>
        {error && <div className="in"><Note kind="alert" role="alert">{problemText(error)}</Note></div>}
        <table className="k-table stick">
          <thead><tr>
            <SortTh by="code" sort={sort} onSort={(s) => show({ sort: s })}>{t('clients.col.code')}</SortTh>
            <SortTh by="name" sort={sort} onSort={(s) => show({ sort: s })}>{t('clients.col.name')}</SortTh>
            <th>{t('clients.col.kana')}</th><th className="k-num">{t('clients.col.employees')}</th><th>{t('clients.col.state')}</th>
            <SortTh by="updated" sort={sort} onSort={(s) => show({ sort: s })}>{t('clients.col.updated')}</SortTh>
          </tr></thead>
          <tbody>{data?.clients.map((client) => <Row key={client.id} client={client} />)}</tbody>
        </table>
        {data?.clients.length === 0 && !isPending && (nobody ? <Nobody /> : (
          <Empty title={t('clients.none')}>{rich('clients.none_do', { a: (parts) => <button key="a" className="k-link big" onClick={clear}>{parts}</button> })}</Empty>
        ))}
        {data && !nobody && <Pager total={data.total} page={data.page} size={search.size ?? 50} onPage={(page) => show({ page })} onSize={(size) => show({ size: size === 50 ? undefined : size })} />}
      </div>
    </Page>
  )
}

function Row({ client }: { client: ClientSummary }) {
  const navigate = useNavigate()
  const to = { to: '/clients/$clientId' as const, params: { clientId: String(client.id) } }
  return (
    <tr data-click data-hue={client.colour + 1} onClick={() => void navigate(to)}>
      <td className="k-nowrap"><span className="k-chip">{client.code}</span></td>
      <td className="name-cell"><Link {...to} className="plain k-strong k-clip" title={client.name} onClick={(e) => e.stopPropagation()}>{client.name}</Link></td>
      <td className="kana-cell k-sub k-clip" title={client.name_kana}>{client.name_kana}</td>
      <td className="k-num">{format.count(client.employees)}</td>
      <td>{client.state === 'ended' ? <Status kind="off">{t('clients.view.ended')}</Status> : <Status kind="done">{t('clients.view.active')}</Status>}</td>
      <td className="k-nowrap k-sub">{format.moment(client.updated_at)}</td>
    </tr>
  )
}

/** Nothing at all: what to do depends on what the person may do. */
function Nobody() {
  const may = useMay()
  if (!may('client.create')) return <Empty title={t('clients.empty')}>{t('clients.empty_ask')}</Empty>
  return (
    <Empty title={t('clients.empty')}>
      {rich('clients.empty_do', { a: (parts) => <Link key="a" to="/clients/new">{parts}</Link>, b: (parts) => <Link key="b" to="/clients/import">{parts}</Link> })}
    </Empty>
  )
}
