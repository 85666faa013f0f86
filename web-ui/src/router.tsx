import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, type ErrorComponentProps } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import * as z from 'zod'
import { isShutOut } from './api/client'
import { Problem, problemText } from './api/problem'
import { queries } from './api/queries'
import { forgetSession, hasSession, sessionQuery, type Right, type Session } from './api/session'
import { t } from './i18n'
import { backTo } from './screens/entry/back'
import { NotFound } from './shell/NotFound'
import { Shell } from './shell/Shell'
import { Button, Page } from './ui'

// Typed URLs. What a list shows (filter, sort, page) lives in the URL, except names and numbers that someone typed:
// those would stay in histories and logs. Screens are lazy: the first load holds the shell and one screen.

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken })

const signIn = createRoute({
  getParentRoute: () => root, path: '/sign-in', component: lazyRouteComponent(() => import('./screens/entry/SignIn')),
  validateSearch: z.object({ to: z.string().optional().catch(undefined), out: z.boolean().optional().catch(undefined), expired: z.boolean().optional().catch(undefined), stopped: z.boolean().optional().catch(undefined), refused: z.string().optional().catch(undefined) }),
})
const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: lazyRouteComponent(() => import('./screens/entry/Setup')) })

/** The session, or the way to the sign-in page and back. */
async function entered(queries: QueryClient, back: { to?: string }): Promise<Session> {
  if (!hasSession()) throw redirect({ to: '/sign-in', search: back })
  try {
    return await queries.ensureQueryData(sessionQuery)
  } catch (fault) {
    if (isShutOut(fault)) {
      forgetSession()
      throw redirect({ to: '/sign-in', search: { ...back, refused: fault.code } })
    }
    if (!(fault instanceof Problem) || fault.status !== 401) throw fault
    forgetSession()
    throw redirect({ to: '/sign-in', search: { ...back, expired: true } })
  }
}
/** Between the password and the shell: code, expired password, enrolment. */
const signingIn = createRoute({
  getParentRoute: () => root, path: '/signing-in', component: lazyRouteComponent(() => import('./screens/entry/SigningIn')),
  validateSearch: z.object({ to: z.string().optional().catch(undefined) }),
  beforeLoad: async ({ context, search }) => {
    const session = await entered(context.queries, search)
    if (session.stage === 'open') throw redirect({ to: backTo(search.to) })
  },
})
const shell = createRoute({
  getParentRoute: () => root, id: 'shell', component: Shell,
  beforeLoad: async ({ context, location }) => {
    const back = location.href === '/' ? {} : { to: location.href }
    const session = await entered(context.queries, back)
    if (session.stage !== 'open') throw redirect({ to: '/signing-in', search: back })
  },
})
const screen = createRoute({ getParentRoute: () => shell, id: 'screen', component: () => <main id="main" className="k-main" tabIndex={-1}><Outlet /></main> })
const home = createRoute({ getParentRoute: () => screen, path: '/', component: lazyRouteComponent(() => import('./screens/home/Home')) })
const listSearch = {
  sort: z.string().optional().catch(undefined), page: z.number().int().min(1).optional().catch(undefined),
  size: z.union([z.literal(50), z.literal(100)]).optional().catch(undefined),
}
const importSearch = {
  import: z.number().int().optional().catch(undefined), step: z.enum(['file', 'mapping', 'check', 'commit']).optional().catch(undefined),
  show: z.enum(['all', 'errors', 'add', 'update']).optional().catch(undefined), page: listSearch.page, size: listSearch.size,
}
const clients = createRoute({
  getParentRoute: () => screen, path: '/clients', component: lazyRouteComponent(() => import('./screens/clients/Clients')),
  validateSearch: z.object({ ...listSearch, state: z.enum(['active', 'ended', 'all']).optional().catch(undefined) }),
})
const clientNew = createRoute({ getParentRoute: () => screen, path: '/clients/new', staticData: { right: 'client.create' }, component: lazyRouteComponent(() => import('./screens/clients/NewClient')) })
const clientImport = createRoute({
  getParentRoute: () => screen, path: '/clients/import', staticData: { right: 'client.create' }, component: lazyRouteComponent(() => import('./screens/imports/ImportClients')),
  validateSearch: z.object(importSearch),
})
const client = createRoute({ getParentRoute: () => shell, path: '/clients/$clientId', component: lazyRouteComponent(() => import('./screens/clients/ClientFrame')) })
const overview = createRoute({ getParentRoute: () => client, path: '/', component: lazyRouteComponent(() => import('./screens/clients/Overview')) })
const clientEdit = createRoute({ getParentRoute: () => client, path: '/edit', staticData: { right: 'client.edit' }, component: lazyRouteComponent(() => import('./screens/clients/EditClient')) })
const establishments = createRoute({
  getParentRoute: () => client, path: '/establishments', component: lazyRouteComponent(() => import('./screens/clients/Establishments')),
  validateSearch: z.object({ open: z.number().int().optional().catch(undefined) }),
})
const employees = createRoute({
  getParentRoute: () => client, path: '/employees', staticData: { right: 'employee.view' }, component: lazyRouteComponent(() => import('./screens/employees/Employees')),
  validateSearch: z.object({
    ...listSearch, state: z.enum(['active', 'on_leave', 'retired', 'all']).optional().catch(undefined), department: z.string().optional().catch(undefined),
    type: z.enum(['officer', 'regular', 'contract', 'part_time', 'dispatched', 'outsourced']).optional().catch(undefined), open: z.number().int().optional().catch(undefined),
  }),
})
const employeeNew = createRoute({ getParentRoute: () => client, path: '/employees/new', staticData: { right: 'employee.edit' }, component: lazyRouteComponent(() => import('./screens/employees/NewEmployee')) })
const employeeImport = createRoute({
  getParentRoute: () => client, path: '/employees/import', staticData: { right: 'import.run' }, component: lazyRouteComponent(() => import('./screens/imports/ImportEmployees')),
  validateSearch: z.object(importSearch),
})
const employee = createRoute({
  getParentRoute: () => client, path: '/employees/$employeeId', staticData: { right: 'employee.view' }, component: lazyRouteComponent(() => import('./screens/employees/Employee')),
  validateSearch: z.object({ tab: z.enum(['documents', 'history']).optional().catch(undefined), as_of: z.iso.date().optional().catch(undefined) }),
})
const attachments = createRoute({ getParentRoute: () => client, path: '/attachments', staticData: { right: 'document.view' }, component: lazyRouteComponent(() => import('./screens/documents/ClientFiles')) })
const history = createRoute({ getParentRoute: () => client, path: '/history', component: lazyRouteComponent(() => import('./screens/history/ClientHistory')) })
const backups = createRoute({ getParentRoute: () => screen, path: '/backups', staticData: { right: 'backup.view' }, component: lazyRouteComponent(() => import('./screens/backups/Backups')) })
const jobs = createRoute({
  getParentRoute: () => screen, path: '/jobs', component: lazyRouteComponent(() => import('./screens/jobs/Jobs')),
  validateSearch: z.object({
    state: z.enum(['active', 'ended']).optional().catch(undefined), kind: z.string().optional().catch(undefined), job: z.number().int().optional().catch(undefined),
  }),
})
const policies = createRoute({ getParentRoute: () => screen, path: '/policies', staticData: { right: 'policy.manage' }, component: lazyRouteComponent(() => import('./screens/policies/Policies')) })
const access = createRoute({ getParentRoute: () => screen, path: '/access', staticData: { right: 'policy.manage' }, component: lazyRouteComponent(() => import('./screens/access/Access')) })
const accounts = createRoute({ getParentRoute: () => screen, path: '/accounts', staticData: { right: 'account.view' }, component: lazyRouteComponent(() => import('./screens/accounts/Accounts')) })
const roles = createRoute({
  getParentRoute: () => screen, path: '/roles', staticData: { right: 'account.view' }, component: lazyRouteComponent(() => import('./screens/roles/Roles')),
  validateSearch: z.object({ tab: z.enum(['roles', 'grants']).optional().catch(undefined) }),
})
const accountLedger = createRoute({ getParentRoute: () => screen, path: '/account-ledger', staticData: { right: 'account.view' }, component: lazyRouteComponent(() => import('./screens/reviews/Ledger')) })
const accountReviews = createRoute({
  getParentRoute: () => screen, path: '/account-reviews', staticData: { right: 'account.view' }, component: lazyRouteComponent(() => import('./screens/reviews/Reviews')),
  validateSearch: z.object({ review: z.number().int().optional().catch(undefined) }),
})
const support = createRoute({ getParentRoute: () => screen, path: '/support', staticData: { right: 'support.view' }, component: lazyRouteComponent(() => import('./screens/delegation/Support')) })
const tokens = createRoute({ getParentRoute: () => screen, path: '/tokens', staticData: { right: 'token.manage' }, component: lazyRouteComponent(() => import('./screens/delegation/Tokens')) })
const devices = createRoute({ getParentRoute: () => screen, path: '/devices', staticData: { right: 'device.manage' }, component: lazyRouteComponent(() => import('./screens/devices/Devices')) })
const own = createRoute({
  getParentRoute: () => screen, path: '/account', component: lazyRouteComponent(() => import('./screens/own/OwnAccount')),
  validateSearch: z.object({ page: listSearch.page, size: listSearch.size }),
})
const help = createRoute({ getParentRoute: () => screen, path: '/help', component: lazyRouteComponent(() => import('./screens/help/Help')) })
const helpPage = createRoute({ getParentRoute: () => screen, path: '/help/$page', component: lazyRouteComponent(() => import('./screens/help/Help')) })

const tree = root.addChildren([signIn, setup, signingIn, shell.addChildren([
  screen.addChildren([home, clients, clientNew, clientImport, backups, jobs, accounts, roles, accountLedger, accountReviews, devices, support, tokens, policies, access, own, help, helpPage]),
  client.addChildren([overview, clientEdit, establishments, employees, employeeNew, employeeImport, employee, attachments, history]),
])])

export const router = createRouter({
  routeTree: tree, context: { queries }, defaultPreload: 'intent', defaultPreloadStaleTime: 0, defaultErrorComponent: Broken, defaultNotFoundComponent: NotFound,
})
declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
  /** the right without which the shell does not show a screen */
  interface StaticDataRouteOption { right?: Right }
}

/** A bug or a lost connection: say so, and offer the way on. */
function Broken({ error }: ErrorComponentProps) {
  if (error instanceof Problem && error.status === 404) return <NotFound />
  return (
    <Page title={t('page.broken')}>
      <div className="k-card k-empty" role="alert">
        <p>{error instanceof Problem ? problemText(error) : t('page.broken_body')}</p>
        {error instanceof Problem && error.requestId && <p className="k-sub">{t('error.request', { id: error.requestId })}</p>}
        <p><Button onClick={() => location.reload()}>{t('page.reload')}</Button></p>
      </div>
    </Page>
  )
}
