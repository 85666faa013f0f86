import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { useClient } from '../../api/clients'
import { isMissing } from '../../api/problem'
import { useMay, type Right } from '../../api/session'
import { t, type Key } from '../../i18n'
import { ClientStripe } from '../../shell/ClientStripe'
import { NotFound } from '../../shell/NotFound'
import { useTitle } from '../../ui'
import { OpenClient } from './open'
import { payDays } from './words'
import './clients.css'

const tabs: [path: string, label: Key, right: Right][] = [
  ['', 'tabs.overview', 'client.view'], ['/employees', 'tabs.employees', 'employee.view'], ['/establishments', 'tabs.establishments', 'client.view'],
  ['/attachments', 'tabs.documents', 'document.view'], ['/history', 'tabs.history', 'client.view'], ['/employees/import', 'tabs.import', 'import.run'],
]

/** Everything of one client is below its stripe. The page of one person has tabs of its own. */
export default function ClientFrame() {
  const { clientId } = useParams({ from: '/shell/clients/$clientId' })
  const path = useRouterState({ select: (s) => s.location.pathname })
  const may = useMay()
  const { data: client, error } = useClient(Number(clientId))
  useTitle('client', client?.name)
  if (isMissing(error) && !client) return <main id="main" className="k-main" tabIndex={-1}><NotFound /></main>
  if (error && !client) throw error
  if (!client) return <main id="main" className="k-main" tabIndex={-1} aria-busy="true" />
  const base = `/clients/${clientId}`
  const rest = path.slice(base.length)
  const shown = tabs.filter(([, , right]) => may(right))
  const current = shown.map(([to]) => to).filter((to) => (to === '' ? rest === '' || rest === '/edit' : rest.startsWith(to))).at(-1)
  const facts = [t('stripe.people', { n: client.employees }), payDays(client.profile)].filter(Boolean)
  return (
    <OpenClient value={client}>
      <ClientStripe client={client} facts={facts} />
      {!/^\/employees\/(\d+|new)$/.test(rest) && (
        <nav className="k-tabs client-tabs" aria-label={t('tabs.label')}>
          {shown.map(([to, label]) => (
            <Link key={to} to={`${base}${to}`} activeOptions={{ exact: true }} aria-current={to === current ? 'page' : undefined}>
              {t(label)}{to === '/employees' && <> <span className="k-count">{client.employees.toLocaleString()}</span></>}</Link>
          ))}
        </nav>
      )}
      <main id="main" className="k-main below-tabs" tabIndex={-1}><Outlet /></main>
    </OpenClient>
  )
}
