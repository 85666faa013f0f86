import { useState } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../i18n'
import { Empty, FaMagnifyingGlassIcon, Input, Page, searchForm } from '../../ui'
import { groups, groupTitle, loadPages } from './pages'
import { Prose } from './Prose'
import './help.css'

/** The manual inside the product: one page for each feature, searchable, reachable by the "?" of each screen. */
export default function Help() {
  const { page } = useParams({ strict: false })
  const [text, setText] = useState('')
  const { data: pages = [] } = useQuery({ queryKey: ['help'], queryFn: loadPages, staleTime: Infinity })
  const words = text.split(/[\s　]+/).map(searchForm).filter(Boolean)
  const hits = pages.filter((p) => words.every((word) => searchForm(`${p.title}${p.keywords}${p.body}`).includes(word)))
  const open = pages.find((p) => p.id === (page ?? (words.length ? hits[0]?.id : 'start'))) ?? hits[0]
  const next = open && pages[pages.indexOf(open) + 1]
  return (
    <Page title={t('help.title')} sub={t('help.sub')}>
      <div className="help">
        <nav className="k-card" aria-label={t('help.contents')}>
          <div className="help-find" role="search">
            <Input aria-label={t('help.find')} width="100%" prefix={<FaMagnifyingGlassIcon />} placeholder={t('help.find')} value={text} onChange={(e) => setText(e.target.value)} />
          </div>
          {groups.map((group) => {
            const inGroup = hits.filter((p) => p.group === group)
            return inGroup.length > 0 && (
              <div key={group}>
                <p className="k-xs">{t(groupTitle(group))}</p>
                <ul>
                  {inGroup.map((p) => (
                    <li key={p.id}><Link to="/help/$page" params={{ page: p.id }} aria-current={p.id === open?.id ? 'page' : undefined}>{p.title}</Link></li>
                  ))}
                </ul>
              </div>
            )
          })}
          {pages.length > 0 && hits.length === 0 && <Empty title={t('help.none', { text })}>{t('help.none_do')}</Empty>}
        </nav>
        {open && (
          <article key={open.id} className="k-card">
            <header><h2 className="help-title">{open.title}</h2></header>
            <div className="in"><Prose text={open.body} />
              {next && <p className="help-next">{t('help.next')}<Link to="/help/$page" params={{ page: next.id }}>{next.title}</Link></p>}</div>
          </article>
        )}
      </div>
    </Page>
  )
}
