import { useState } from 'react'
import { Link, useSearch } from '@tanstack/react-router'
import { isWaiting, useGrants, useRoles, type Role } from '../../api/roles'
import { useMay } from '../../api/session'
import { rich, t } from '../../i18n'
import { Button, FaPlusIcon, Note, Page } from '../../ui'
import { Grants } from './Grants'
import { Matrix } from './Matrix'
import { RemoveRole } from './RemoveRole'
import { RoleEditor } from './RoleEditor'
import { RoleList } from './RoleList'
import './roles.css'

export type Asking = { what: 'new'; from?: Role } | { what: 'change' | 'remove'; role: Role }

const tabs = ['matrix', 'roles', 'grants'] as const

/** What each role may do; roles of the office's own; and requests for rights that two people give. */
export default function Roles() {
  const may = useMay()
  const matrix = useRoles()
  const { data: grants = [] } = useGrants()
  const { tab = 'matrix' } = useSearch({ from: '/shell/screen/roles' })
  const [asking, setAsking] = useState<Asking>()
  const waiting = grants.filter(isWaiting).length
  const close = () => setAsking(undefined)
  return (
    <Page title={t('roles.title')} sub={t('roles.sub')} help="roles"
      actions={may('role.manage') && <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => setAsking({ what: 'new' })}>{t('roles.add')}</Button>}>
      {matrix && (matrix.two_person
        ? <Note>{t('roles.two_person')}</Note>
        : <Note kind="soon">{rich('roles.one_person', { b: (parts) => <b key="b">{parts}</b> })}</Note>)}
      <div className="k-card">
        <nav className="k-tabs role-tabs" aria-label={t('roles.tabs')}>
          {tabs.map((one) => (
            <Link key={one} to="/roles" search={one === 'matrix' ? {} : { tab: one }} aria-current={one === tab ? 'page' : undefined} activeOptions={{ exact: true, includeSearch: true }}>
              {t(`roles.tab.${one}`)}{one === 'grants' && waiting > 0 && <> <span className="k-count">{waiting}</span></>}</Link>
          ))}
        </nav>
        {matrix && tab === 'matrix' && <Matrix matrix={matrix} />}
        {matrix && tab === 'roles' && <RoleList matrix={matrix} onAsk={setAsking} />}
        {matrix && tab === 'grants' && <Grants matrix={matrix} grants={grants} />}
      </div>
      {matrix && (asking?.what === 'new' || asking?.what === 'change') && <RoleEditor key={asking.what} matrix={matrix} role={asking.what === 'change' ? asking.role : undefined}
        from={asking.what === 'new' ? asking.from : undefined} onClose={close} />}
      {asking?.what === 'remove' && <RemoveRole role={asking.role} onClose={close} />}
    </Page>
  )
}
