import { useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react'
import { Link, Outlet, useMatches, useNavigate, useRouterState } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { signOut, useMay, useSession, type Right } from '../api/session'
import { wordsOf } from '../api/roles'
import { useHome } from '../api/home'
import { isOver, jobsQuery } from '../api/jobs'
import { chooseLanguage, language, t, type Key } from '../i18n'
import {
  FaAddressBookIcon, FaBuildingIcon, FaCircleQuestionIcon, FaClipboardCheckIcon, FaClockRotateLeftIcon, FaDatabaseIcon, FaGaugeIcon, FaGearIcon, FaGlobeIcon, FaUserClockIcon, FaHouseIcon, FaKeyIcon, FaLinkIcon, FaLockIcon, FaMagnifyingGlassIcon, FaRightFromBracketIcon,
  FaShieldHalvedIcon, FaUsersIcon, format, Kbd, Kura, Status, Toasts, useKey,
} from '../ui'
import { NotFound } from './NotFound'
import { Palette } from './Palette'
import { ProofDialog } from './ProofDialog'
import './shell.css'

type Item = [path: string, label: Key, icon: ComponentType, right?: Right]
const groups: [Key | '', Item[]][] = [
  ['', [['/', 'nav.home', FaHouseIcon]]],
  ['nav.group.work', [['/clients', 'nav.clients', FaBuildingIcon]]],
  ['nav.group.guard', [['/backups', 'nav.backups', FaDatabaseIcon, 'backup.view'], ['/jobs', 'nav.jobs', FaGaugeIcon]]],
  ['nav.group.office', [['/accounts', 'nav.accounts', FaUsersIcon, 'account.view'], ['/roles', 'nav.roles', FaKeyIcon, 'account.view'],
    ['/account-ledger', 'nav.account_ledger', FaAddressBookIcon, 'account.view'], ['/account-reviews', 'nav.account_reviews', FaClipboardCheckIcon, 'account.view'],
    ['/policies', 'nav.policies', FaLockIcon, 'policy.manage'], ['/devices', 'nav.devices', FaShieldHalvedIcon, 'device.manage'], ['/access', 'nav.access', FaGlobeIcon, 'policy.manage'], ['/support', 'nav.support', FaUserClockIcon, 'support.view'], ['/tokens', 'nav.tokens', FaLinkIcon, 'token.manage'],
    ['/help', 'nav.help', FaCircleQuestionIcon]]],
]

/** A new screen starts at its top with the focus in it; a change of filter or page does not. */
function useFreshPage(path: string) {
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [path])
}

/** Every staff screen: navigation by task, office bar, and below it the screen (with the stripe when a client is open). */
export function Shell() {
  const [palette, setPalette] = useState(false)
  const path = useRouterState({ select: (s) => s.location.pathname })
  const needed = useMatches({ select: (matches) => matches.at(-1)?.staticData.right })
  const session = useSession()
  useKey('ctrl+k', () => setPalette((v) => !v))
  useFreshPage(path)
  const here = (to: string) => (to === '/' ? path === '/' : path.startsWith(to))
  const may = (right?: Right) => !right || session.rights.includes(right)
  return (
    <div className="k-shell">
      <button className="k-skip" onClick={() => document.getElementById('main')?.focus()}>{t('nav.skip')}</button>
      <nav className="k-nav" aria-label={t('nav.label')}>
        <Link className="k-brand" to="/" aria-label={`${t('product.name')} ${t('product.latin')}`}><Kura /><span><b>{t('product.name')}</b><i>{t('product.latin')}</i></span></Link>
        {groups.map(([title, items]) => (
          <div key={title}>
            {title && <p>{t(title)}</p>}
            <ul>
              {items.filter((item) => may(item[3])).map(([to, label, Icon]) => (
                <li key={to}><Link to={to} aria-current={here(to) ? 'page' : undefined} title={t(label)}><Icon />{t(label)}</Link></li>
              ))}
            </ul>
          </div>
        ))}
        <div className="k-nav-foot">Kuramori {session.version}</div>
      </nav>
      <div className="k-body">
        <header className="k-top">
          <span className="k-office k-clip">{session.office_name}</span>
          <button className="k-find" onClick={() => setPalette(true)}><FaMagnifyingGlassIcon />{t('top.search')}<Kbd>Ctrl K</Kbd></button>
          <Alerts />
          <Me />
        </header>
        {may(needed) ? <Outlet /> : <main id="main" className="k-main" tabIndex={-1}><NotFound /></main>}
      </div>
      {palette && <Palette onClose={() => setPalette(false)} />}
      <ProofDialog />
      <Toasts />
    </div>
  )
}

const fresh = 26 * 3600 // a nightly run, and two hours
/** The proof of the last restore and the age of the last backup are on every screen. */
function Alerts() {
  const { data } = useHome()
  const { data: jobs = [] } = useQuery(jobsQuery)
  const running = jobs.filter((job) => !isOver(job)).length
  const may = useMay()
  const toBackups = (state: ReactNode) => (may('backup.view') ? <Link to="/backups">{state}</Link> : state)
  const age = (at: number | null | undefined) => (at && Date.now() / 1000 - at < fresh ? 'done' : 'soon')
  return (
    <ul className="k-alerts">
      {running > 0 && <li><Link to="/jobs"><Status kind="doing">{t('top.running', { n: running })}</Status></Link></li>}
      {data && (
        <>
          <li>{toBackups(<Status kind={age(data.last_proven_at)}>
            {data.last_proven_at ? t('top.proof', { ago: format.ago(data.last_proven_at) }) : t('top.proof_none')}</Status>)}</li>
          <li>{toBackups(<Status kind={age(data.last_backup_at)}>
            {data.last_backup_at ? t('top.backup', { ago: format.ago(data.last_backup_at) }) : t('top.backup_none')}</Status>)}</li>
        </>
      )}
    </ul>
  )
}

function Me() {
  const session = useSession()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useKey('Escape', () => setOpen(false), open)
  const previous = session.previous_sign_in
    ? t('top.previous', { at: `${format.shortDay(session.previous_sign_in.at)} ${format.clock(session.previous_sign_in.at)}` })
    : t('top.previous_none')
  return (
    <div className="k-me-box" ref={box} onBlur={(e) => { if (!box.current?.contains(e.relatedTarget)) setOpen(false) }}>
      <button className="k-me" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="k-face" aria-hidden="true">{[...session.name][0]}</span><span><b>{session.name}</b><i>{previous}</i></span><span className="k-sr">{t('top.menu')}</span>
      </button>
      {open && (
        <div className="k-menu">
          <p className="k-xs">{session.login_id}　{session.roles.map(wordsOf).join('・')}</p>
          <Link to="/account" onClick={() => setOpen(false)}><FaGearIcon />{t('own.title')}</Link>
          <Link to="/account" hash="history" onClick={() => setOpen(false)}><FaClockRotateLeftIcon />{t('own.history')}</Link>
          <button onClick={() => chooseLanguage(language() === 'ja' ? 'en' : 'ja')}>{t('top.language')}</button>
          <button onClick={() => void signOut(() => navigate({ to: '/sign-in', search: { out: true } }))}>
            <FaRightFromBracketIcon />{t('top.sign_out')}</button>
        </div>
      )}
    </div>
  )
}
