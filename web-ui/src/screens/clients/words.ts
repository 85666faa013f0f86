// Values of a client as its screens write them.
import type { EstablishmentInput, Profile } from '../../api/clients'
import { choiceText } from '../../forms/show'
import { t } from '../../i18n'
import { format } from '../../ui'

const known = (value: number | null | undefined): value is number => value !== null && value !== undefined

/** 締/支払 末日/翌25日 */
export function payDays(p: Profile): string {
  if (!known(p.closing_day) || !known(p.pay_day)) return ''
  const month = known(p.pay_month_offset) ? choiceText('pay_month', String(p.pay_month_offset)).replace(/月$/, '') : ''
  return t('stripe.pay', { closing: choiceText('day', String(p.closing_day)), month, pay: choiceText('day', String(p.pay_day)) })
}

/** 末日締め　翌月25日支払い */
export function closingText(p: Profile): string {
  if (!known(p.closing_day) || !known(p.pay_day)) return ''
  return t('overview.closing_value', {
    closing: choiceText('day', String(p.closing_day)), pay: choiceText('day', String(p.pay_day)),
    month: known(p.pay_month_offset) ? choiceText('pay_month', String(p.pay_month_offset)) : '',
  })
}

export const scopes = ['does_procedures', 'does_payroll', 'does_year_end', 'does_consulting'] as const
export const scopeText = (p: Profile) => scopes.filter((scope) => p[scope]).map((scope) => t(`field.profile.${scope}`)).join('・')

export function periodText(p: Profile): string {
  if (!p.contract_from && !p.contract_to) return ''
  return `${p.contract_from ? format.day(p.contract_from) : ''}〜${p.contract_to ? format.day(p.contract_to) : ''}`
}

/** 協会けんぽ 東京, or the union's name */
export const insurerText = (e: EstablishmentInput) =>
  (e.health_insurer === 'kyokai' ? `${choiceText('health_insurer', 'kyokai')} ${e.insurer_branch ?? ''}` : e.insurer_name || choiceText('health_insurer', 'union_')).trim()
