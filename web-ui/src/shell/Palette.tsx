import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { hue } from '../api/clients'
import { useSearch, type SearchHit } from '../api/search'
import { t, type Key } from '../i18n'
import { FaMagnifyingGlassIcon, Kbd, searchForm } from '../ui'

type Hit = { id: string; group: 'clients' | 'employees' | 'screens'; code: string; main: string; sub: string; hue?: number; to: string }

const screens: [Key, string, string][] = [
  ['nav.home', '/', 'ホーム home'], ['nav.clients', '/clients', '顧問先 コモンサキ clients'],
  ['clients.new', '/clients/new', '顧問先を追加 コモンサキヲツイカ new client'], ['nav.import_clients', '/clients/import', '顧問先 CSV 取り込み トリコミ import'],
  ['nav.backups', '/backups', 'バックアップ 復元 フクゲン backup restore'], ['nav.jobs', '/jobs', '処理の状況 ショリ ジョブ jobs'],
  ['nav.accounts', '/accounts', '利用者 リヨウシャ 担当者 アカウント accounts'], ['nav.help', '/help', 'ヘルプ 使い方 ツカイカタ help'],
]

const screenHits = (text: string): Hit[] =>
  screens
    .filter(([key, , words]) => searchForm(`${t(key)} ${words}`).includes(searchForm(text)))
    .map(([key, to]) => ({ id: to, group: 'screens', code: '', main: t(key), sub: '', to }))

const found = (hit: SearchHit): Hit => ({
  id: `${hit.kind}${hit.client_id}-${hit.employee_id ?? ''}`,
  group: hit.kind === 'client' ? 'clients' : 'employees',
  code: (hit.kind === 'client' ? hit.client_code : hit.number) ?? '',
  main: hit.name,
  sub: hit.kind === 'client' ? hit.kana : `${hit.kana}　${hit.client_name}`,
  hue: hue(hit),
  to: hit.kind === 'client' ? `/clients/${hit.client_id}` : `/clients/${hit.client_id}/employees/${hit.employee_id}`,
})

/** Jump to a client, an employee or a screen by kana, name, code or number. */
export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const { hits: people, waiting } = useSearch(text)
  const hits = useMemo(() => [...people.map(found), ...screenHits(text)], [people, text])
  const chosen = Math.min(at, Math.max(0, hits.length - 1))
  const open = (hit?: Hit) => {
    if (!hit) return
    onClose()
    void navigate({ to: hit.to })
  }
  const press = (e: React.KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    if (e.key === 'ArrowDown') { e.preventDefault(); setAt(Math.min(chosen + 1, hits.length - 1)) }
    if (e.key === 'ArrowUp') { e.preventDefault(); setAt(Math.max(chosen - 1, 0)) }
    if (e.key === 'Enter') open(hits[chosen])
  }
  useEffect(() => document.getElementById(`hit-${chosen}`)?.scrollIntoView({ block: 'nearest' }), [chosen])
  return (
    <dialog ref={dialog} className="k-palette" aria-label={t('palette.label')} onClose={onClose} onClick={(e) => e.target === dialog.current && onClose()}>
      <label>
        <FaMagnifyingGlassIcon /><span className="k-sr">{t('palette.term')}</span>
        <input
          value={text} autoFocus role="combobox" aria-expanded="true" aria-controls="k-hits" aria-activedescendant={hits.length ? `hit-${chosen}` : undefined}
          placeholder={t('palette.placeholder')} autoComplete="off" spellCheck={false} onChange={(e) => { setText(e.target.value); setAt(0) }} onKeyDown={press}
        />
        <Kbd>Esc</Kbd>
      </label>
      <ul id="k-hits" role="listbox" aria-label={t('palette.hits')}>
        {hits.map((h, i) => (
          <li
            key={h.id} id={`hit-${i}`} role="option" aria-selected={i === chosen} data-hue={h.hue} onMouseMove={() => setAt(i)} onClick={() => open(h)}
            data-group={h.group !== hits[i - 1]?.group ? t(`palette.group.${h.group}`) : undefined}
          >
            <span className={h.hue ? 'mark' : 'mark none'} /><span className="code">{h.code}</span><b>{h.main}</b><span className="sub k-clip">{h.sub}</span>
            {i === chosen && <Kbd>{t('palette.open')}</Kbd>}
          </li>
        ))}
        {hits.length === 0 && !waiting && (
          <li role="option" aria-selected="false" className="none">{t('palette.none', { text })}</li>
        )}
      </ul>
      <footer><Kbd>↑</Kbd><Kbd>↓</Kbd>{t('palette.choose')}<Kbd>Enter</Kbd>{t('palette.go')}<span className="k-push">{t('palette.note')}</span></footer>
    </dialog>
  )
}
