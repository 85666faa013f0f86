import { useState } from 'react'
import { useAccountLedger, downloadAccountLedger, type LedgerLine } from '../../api/reviews'
import { problemText } from '../../api/problem'
import { wordsOf } from '../../api/roles'
import { t } from '../../i18n'
import { Button, Checkbox, Empty, FaFileCsvIcon, FaMagnifyingGlassIcon, format, Input, Note, Page, searchForm, Select, Status } from '../../ui'
import { states } from './words'
import './reviews.css'

const classes = ['administrator', 'staff', 'client', 'employee'] as const

/** アカウント管理台帳: who has an account, what that person can do in words, and who gave it when. */
export default function Ledger() {
  const { data, isPending, error } = useAccountLedger()
  const [text, setText] = useState('')
  const [of, setOf] = useState('')
  const [right, setRight] = useState('')
  const [dormant, setDormant] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const lines = data?.lines ?? []
  const shown = lines.filter((line) => (!of || line.account_class === of) && (!right || line.can.some((one) => one.right === right)) && (!dormant || line.dormant)
    && searchForm(`${line.name}${line.login_id}`).includes(searchForm(text)))
  const rights = [...new Map(lines.flatMap((line) => line.can).map((one) => [one.right, wordsOf(one)]))]
  const asleep = lines.filter((line) => line.dormant).length
  const filtered = text || of || right || dormant
  const clear = () => { setText(''); setOf(''); setRight(''); setDormant(false) }
  const save = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await downloadAccountLedger(t('ledger.file', { day: format.today().replaceAll('-', '') }))
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title={t('ledger.title')} sub={t('ledger.sub')} help="account-ledger"
      actions={<Button prefix={<FaFileCsvIcon />} disabled={busy || !data} onClick={() => void save()}>{t('ledger.csv')}</Button>}>
      {fault !== undefined && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      {error && <Note kind="alert" role="alert">{problemText(error)}</Note>}
      <div className="k-card">
        <div className="filters" role="search">
          <Input aria-label={t('ledger.filter')} placeholder={t('ledger.filter')} width={220} prefix={<FaMagnifyingGlassIcon />} autoComplete="off" spellCheck={false} value={text} onChange={(e) => setText(e.target.value)} />
          <Select aria-label={t('ledger.class')} value={of} onChangeValue={setOf} options={[{ value: '', label: t('ledger.class_all') }, ...classes.map((one) => ({ value: one, label: t(`roles.class.${one}`) }))]} />
          <Select aria-label={t('ledger.right')} width={230} value={right} onChangeValue={setRight} options={[{ value: '', label: t('ledger.right_all') }, ...rights.map(([value, label]) => ({ value, label }))]} />
          {data && <Checkbox checked={dormant} onChange={() => setDormant(!dormant)}>{t('ledger.dormant_only', { days: data.dormant_days, n: asleep })}</Checkbox>}
          {filtered && <Button className="k-bare" onClick={clear}>{t('action.clear_filter')}</Button>}
          {data && <span className="k-sub k-push k-nowrap">{t('ledger.count', { n: shown.length, total: lines.length })}</span>}
        </div>
        <table className="k-table stick ledger">
          <thead><tr><th>{t('ledger.col.who')}</th><th>{t('ledger.col.roles')}</th><th>{t('ledger.col.can')}</th><th>{t('ledger.col.clients')}</th><th>{t('ledger.col.state')}</th></tr></thead>
          <tbody>{shown.map((line) => <Line key={line.account_id} line={line} days={data?.dormant_days ?? 0} />)}</tbody>
        </table>
        {shown.length === 0 && !isPending && <Empty title={t('ledger.none')}>{filtered && <button className="k-link big" onClick={clear}>{t('action.clear_filter')}</button>}</Empty>}
      </div>
    </Page>
  )
}

const Line = ({ line, days }: { line: LedgerLine; days: number }) => (
  <tr>
    <td className="two"><b className="k-nowrap">{format.name(line.name)}</b><div className="k-xs">{line.login_id}</div><div className="k-xs">{t(`roles.class.${line.account_class}`)}</div></td>
    <td className="two">
      {line.roles.map((role) => (
        <div key={role.role} className="given"><span>{wordsOf(role)}</span>
          <span className="k-xs">{format.day(role.granted_at)} {role.granted_by.map(giver).join('・')}</span></div>
      ))}
    </td>
    <td className="two"><ul className="can">{line.can.map((right) => <li key={right.right} className={right.guarded ? 'heavy' : ''}>{wordsOf(right)}</li>)}</ul>
      {line.can.length === 0 && <span className="k-sub">{t('ledger.can_nothing')}</span>}</td>
    <td className="two"><Clients all={line.all_clients} clients={line.clients} />
      {(line.all_specific || line.specific_clients.length > 0) && <div className="specific"><b className="k-xs">{t('ledger.specific')}</b><Clients all={line.all_specific} clients={line.specific_clients} /></div>}</td>
    <td className="two"><Status kind={states[line.state]}>{t(`accounts.state.${line.state}`)}</Status>
      <div className="k-xs k-nowrap">{line.last_sign_in_at ? t('ledger.last', { at: format.moment(line.last_sign_in_at) }) : t('ledger.never')}</div>
      <div className="k-xs k-nowrap">{t('ledger.created', { at: format.day(line.created_at) })}</div>
      <div className="k-xs k-nowrap">{t(line.second_factor ? 'ledger.factor_on' : 'ledger.factor_off')}</div>
      {line.dormant && <div><Status kind="alert">{t('ledger.dormant', { days })}</Status></div>}</td>
  </tr>
)

/** Who is no person: the start of the office, an update, the console. */
function giver(name: string) {
  if (name === 'init' || name === 'demo') return t('ledger.by_start')
  if (name === 'migration') return t('ledger.by_migration')
  if (name.startsWith('console:') || name.startsWith('cli:')) return t('ledger.by_console')
  return name.startsWith('account:') ? t('roles.gone') : format.name(name)
}

const few = 3
function Clients({ all, clients }: { all: boolean; clients: LedgerLine['clients'] }) {
  const [open, setOpen] = useState(false)
  if (all) return <div>{t('accounts.all_clients')}</div>
  if (clients.length === 0) return <div className="k-sub">{t('ledger.no_clients')}</div>
  return (
    <div>
      {(open ? clients : clients.slice(0, few)).map((client) => <div key={client.id} className="k-clip" title={client.name}><span className="k-xs">{client.code}</span> {client.name}</div>)}
      {clients.length > few && <button className="k-link" onClick={() => setOpen(!open)} aria-expanded={open}>{open ? t('ledger.less') : t('ledger.more', { n: clients.length - few })}</button>}
    </div>
  )
}
