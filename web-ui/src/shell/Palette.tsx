import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { hue } from '../api/clients'
import { useSearch, type Found } from '../api/search'
import { useMay, type Right } from '../api/session'
import { t, type Key } from '../i18n'
import { FaMagnifyingGlassIcon, format, Kbd, searchForm } from '../ui'

type Group = 'clients' | 'employees' | 'here' | 'screens'
type Hit = { id: string; group: Group; code: string; main: string; sub: string; hue?: number; to: string }
type Screen = [label: Key, path: string, words: string, right?: Right]

// The words find a screen by its reading and in English, whatever the language of the labels.
const screens: Screen[] = [
  ['nav.home', '/', 'ホーム home'], ['nav.clients', '/clients', '顧問先 コモンサキ clients'],
  ['clients.new', '/clients/new', '顧問先を追加 コモンサキヲツイカ new client', 'client.create'],
  ['nav.import_clients', '/clients/import', '顧問先 CSV 取り込み コモンサキ トリコミ import', 'client.create'],
  ['nav.backups', '/backups', 'バックアップ 復元 フクゲン backup restore', 'backup.view'], ['nav.jobs', '/jobs', '処理の状況 ショリ ジョブ jobs'],
  ['nav.devices', '/devices', '端末と証明書 タンマツ ショウメイショ サーバー証明書 devices certificates', 'device.manage'],
  ['nav.accounts', '/accounts', '利用者 リヨウシャ 担当者 アカウント accounts', 'account.view'],
  ['nav.support', '/support', '一時サポート イチジサポート 保守 support', 'support.view'],
  ['nav.tokens', '/tokens', '外部連携 ガイブレンケイ トークン API tokens', 'token.manage'],
  ['nav.roles', '/roles', '役割と権限 ヤクワリ ケンゲン 付与の申請 承認 roles rights', 'account.view'],
  ['nav.account_ledger', '/account-ledger', 'アカウント管理台帳 カンリダイチョウ 権限 ledger', 'account.view'],
  ['nav.account_reviews', '/account-reviews', '棚卸 タナオロシ アカウント review', 'account.view'],
  ['nav.policies', '/policies', '認証ポリシー ニンショウ パスワード ロック 二段階認証 policy password lockout', 'policy.manage'],
  ['nav.access', '/access', '接続元 セツゾクモト ネットワーク 利用時間 リヨウジカン IP CIDR networks hours', 'policy.manage'],
  ['own.title', '/account', 'アカウント設定 パスワード 二段階認証 ニダンカイ ログイン履歴 リレキ 端末 タンマツ account password two-step history'],
  ['nav.help', '/help', 'ヘルプ 使い方 ツカイカタ help'],
]
// Of the client that is open; the paths go on behind it.
const screensHere: Screen[] = [
  ['tabs.overview', '', '概要 ガイヨウ overview'], ['tabs.employees', '/employees', '従業員 ジュウギョウイン employees', 'employee.view'],
  ['employees.new', '/employees/new', '従業員を追加 ジュウギョウインヲツイカ new employee', 'employee.edit'],
  ['tabs.establishments', '/establishments', '事業所 ジギョウショ establishments'], ['tabs.documents', '/attachments', '書類 ショルイ documents files', 'document.view'],
  ['tabs.history', '/history', '変更履歴 ヘンコウリレキ history'], ['tabs.import', '/employees/import', '取り込み トリコミ CSV import', 'import.run'],
]

const hitsOf = (group: Group, list: Screen[], text: string, may: (right: Right) => boolean, base = ''): Hit[] =>
  list
    .filter(([key, , words, right]) => (!right || may(right)) && searchForm(`${t(key)} ${words}`).includes(searchForm(text)))
    .map(([key, path]) => ({ id: base + path, group, code: '', main: t(key), sub: '', to: base + path }))

const foundHits = ({ clients, employees }: Found): Hit[] => [
  ...clients.map((c): Hit => ({ id: `c${c.id}`, group: 'clients', code: c.code, main: c.name, sub: format.name(c.name_kana), hue: hue(c), to: `/clients/${c.id}` })),
  ...employees.map((e): Hit => ({
    id: `e${e.client_id}-${e.employee_id}`, group: 'employees', code: e.number, main: format.name(e.name), hue: hue(e), to: `/clients/${e.client_id}/employees/${e.employee_id}`,
    sub: [format.name(e.name_kana), `${e.client_code} ${e.client_name}`, e.attendance === 'retired' && t('choice.attendance.retired')].filter(Boolean).join('　'),
  })),
]

/** Jump to a client, an employee or a screen by kana, name, code or number. */
export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => { dialog.current?.showModal() }, [])
  const may = useMay()
  const openClient = useRouterState({ select: (s) => /^\/clients\/\d+/.exec(s.location.pathname)?.[0] })
  const { found, waiting } = useSearch(text)
  const hits = useMemo(
    () => [...foundHits(found), ...(openClient ? hitsOf('here', screensHere, text, may, openClient) : []), ...hitsOf('screens', screens, text, may)],
    [found, openClient, text, may])
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
  // in braces: newer browsers answer with a promise, which is no clean-up
  useEffect(() => { document.getElementById(`hit-${chosen}`)?.scrollIntoView({ block: 'nearest' }) }, [chosen])
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
