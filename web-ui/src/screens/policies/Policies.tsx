import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { setPolicy, usePolicies, type AccountClass, type ClassPolicy, type PolicyOfClass } from '../../api/policies'
import { Problem, fieldFaultText, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Card, Checkbox, Input, LeaveGuard, Note, Page, toast, toAsciiNumber, UnsavedBar, type Change } from '../../ui'
import './policies.css'

const numbers = ['length_min', 'kinds_min', 'history', 'days', 'lockout_failures', 'lockout_minutes'] as const
type NumberRule = (typeof numbers)[number]
type Rule = NumberRule | 'second_factor'
const groups: [title: 'policies.password' | 'policies.lockout' | 'policies.factor', rules: Rule[]][] = [
  ['policies.password', ['length_min', 'kinds_min', 'history', 'days']], ['policies.lockout', ['lockout_failures', 'lockout_minutes']], ['policies.factor', ['second_factor']],
]
/** What is typed, by class and rule, where it differs from what is in force. */
type Typed = Partial<Record<AccountClass, Partial<Record<Rule, string | boolean>>>>

const shown = (rule: Rule, value: string | number | boolean) => {
  if (typeof value === 'boolean') return t(value ? 'policies.required' : 'policies.optional')
  return rule === 'days' && Number(value) === 0 ? t('policies.forever') : t(`policies.unit.${rule as NumberRule}`, { n: value })
}
const ruleFault = (fault: unknown, rule: Rule) => (fault instanceof Problem ? fault.fields.find((f) => f.field === `rules.${rule}`)?.message : undefined)

/** What is typed as rules; a text that is no number stays one that the daemon refuses. */
const wanted = (policy: PolicyOfClass, typed: Typed[AccountClass] = {}): ClassPolicy => ({
  ...policy.rules,
  ...Object.fromEntries(Object.entries(typed).map(([rule, value]) => [rule, typeof value === 'boolean' ? value : value === '' || Number.isNaN(Number(value)) ? -1 : Number(value)])),
})

type CellProps = { policy: PolicyOfClass; rule: Rule; typed?: string | boolean; fault?: string; onType: (value: string | boolean) => void }
function Cell({ policy, rule, typed, fault, onType }: CellProps) {
  const who = t(`access.class.${policy.account_class}`)
  const label = t('policies.cell', { rule: t(`policies.rule.${rule}`), who })
  const value = typed ?? policy.rules[rule]
  return (
    <td className={typed === undefined ? 'cell-of' : 'cell-of changed'}>
      <div className="cell">
        {rule === 'second_factor'
          ? <Checkbox checked={Boolean(value)} disabled={policy.floor.second_factor} onChange={(e) => onType(e.target.checked)} aria-label={label}>{t('policies.required')}</Checkbox>
          : <Input aria-label={label} inputMode="numeric" value={String(value)} error={fault !== undefined} onChange={(e) => onType(toAsciiNumber(e.target.value))} />}
        {fault ? <span className="k-fault" role="alert">{fieldFaultText(fault)}</span>
          : <span className="k-xs">{policy.floor.second_factor && rule === 'second_factor' ? t('policies.by_settings') : t('policies.floor', { value: shown(rule, policy.floor[rule]) })}</span>}
      </div>
    </td>
  )
}

/** 認証ポリシー: one column a class, one row a rule; never weaker than the server's settings. */
export default function Policies() {
  const queries = useQueryClient()
  const { data } = usePolicies()
  const [typed, setTyped] = useState<Typed>({})
  const [faults, setFaults] = useState<Partial<Record<AccountClass, unknown>>>({})
  const [saving, setSaving] = useState(false)
  const policies = data?.policies ?? []
  const type = (policy: PolicyOfClass, rule: Rule, value: string | boolean) => {
    const { [rule]: _, ...rest } = typed[policy.account_class] ?? {}
    const same = String(value) === String(policy.rules[rule])
    setTyped({ ...typed, [policy.account_class]: same ? rest : { ...rest, [rule]: value } })
    setFaults({ ...faults, [policy.account_class]: undefined })
  }
  const changes: Change[] = policies.flatMap((policy) => Object.entries(typed[policy.account_class] ?? {}).map(([rule, value]) => ({
    label: t('policies.cell', { rule: t(`policies.rule.${rule as Rule}`), who: t(`access.class.${policy.account_class}`) }),
    from: shown(rule as Rule, policy.rules[rule as Rule]), to: shown(rule as Rule, value),
  })))
  const save = async () => {
    setSaving(true)
    const left = { ...typed }
    const refused: typeof faults = {}
    for (const policy of policies) {
      const rules = typed[policy.account_class]
      if (!rules || Object.keys(rules).length === 0) continue
      try {
        await setPolicy(policy.account_class, wanted(policy, rules), policy.version)
        delete left[policy.account_class]
      } catch (problem) {
        refused[policy.account_class] = problem
      }
    }
    await queries.invalidateQueries({ queryKey: ['policies'] })
    setTyped(left)
    setFaults(refused)
    setSaving(false)
    if (Object.keys(refused).length === 0) toast('done', t('policies.saved'))
  }
  const [first] = Object.values(faults).filter((fault) => fault !== undefined)
  return (
    <Page title={t('policies.title')} sub={t('policies.sub')} help="policies">
      <div className="k-col">
        <Note>{data && data.long_enough > 0 ? t('policies.note_long', { n: data.long_enough }) : t('policies.note')}</Note>
        {groups.map(([title, rules]) => (
          <Card key={title} title={t(title)} id={title}>
            <table className="k-table pol">
              <thead><tr><th>{t('policies.col.rule')}</th>{policies.map((p) => <th key={p.account_class}>{t(`access.class.${p.account_class}`)}</th>)}</tr></thead>
              <tbody>
                {rules.map((rule) => (
                  <tr key={rule}>
                    <th scope="row">{t(`policies.rule.${rule}`)}<small>{t(`policies.rule.${rule}.help`)}</small></th>
                    {policies.map((p) => (
                      <Cell key={p.account_class} policy={p} rule={rule} typed={typed[p.account_class]?.[rule]} fault={ruleFault(faults[p.account_class], rule)} onType={(value) => type(p, rule, value)} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Card>
        ))}
      </div>
      <UnsavedBar changes={changes} saving={saving} fault={first === undefined ? undefined : problemText(first)} onDiscard={() => { setTyped({}); setFaults({}) }} onSave={() => void save()} />
      <LeaveGuard dirty={changes.length > 0} />
    </Page>
  )
}
