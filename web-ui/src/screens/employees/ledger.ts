// 従業員台帳: the sections and fields of a person's record, as daemon/employees/ledger.hpp has them.
import type { Establishment } from '../../api/clients'
import { choice, code, date, flag, kana, long, minutes, required, text, yen, type Field, type RecordSpec, type Section } from '../../forms/spec'

export const attendances = ['active', 'on_leave', 'retired'] as const
export const employmentTypes = ['officer', 'regular', 'contract', 'part_time', 'dispatched', 'outsourced'] as const
const insurance = ['none', 'enrolled', 'lost', 'procedure', 'exempt']
const disability = ['none', 'general', 'special', 'special_together']
const relations = ['妻', '夫', '長男', '長女', '二男', '二女', '三男', '三女', '実父', '実母', '義父', '義母', '祖父', '祖母', '兄', '姉', '弟', '妹', '孫息子', '孫娘']

const postal = { groups: [3, 4], fault: 'bad_postal_code' } as const
const pensionNumber = { groups: [4, 6], fault: 'bad_basic_pension_number' } as const
const reference = { digits: [1, 7], fault: 'bad_insured_reference' } as const
const low = { low: true } as const
const validFrom: Field = date('valid_from', 3, { apart: true })

// Retirement is a step of its own with its own audit entry, so the choice has it only for those who have retired.
const basic = (states: readonly string[]): Section => ({
  id: 'basic', path: 'basic', fields: [
    code('number', 3, required), choice('attendance', 'attendance', states, 3, { ...required, initial: 'active' }),
    date('birth_date', 3, required), choice('sex', 'sex', ['male', 'female'], 3, required),
    date('hired_on'), date('retired_on'), text('retirement_reason', 6),
    code('telephone', 3, { fault: 'bad_telephone' }), text('email', 6), text('emergency_name', 3),
    text('emergency_relation', 3), code('emergency_telephone', 3, { fault: 'bad_telephone' }), long('note', 12),
  ],
})
const name: Section = {
  id: 'name', path: 'name', dated: true, fields: [
    validFrom, text('last_name', 3, required), text('first_name', 3, required), kana('last_kana', 3, required), kana('first_kana', 3, required),
    text('filing_name', 4), text('roman_name', 4), text('business_name', 4),
  ],
}
const address: Section = {
  id: 'address', path: 'address', dated: true, optional: true, fields: [
    validFrom, code('postal_code', 2, postal), text('prefecture', 2), text('city', 4), text('street', 4), text('building', 6), text('kana', 6),
    text('householder', 3), text('householder_relation', 3), flag('registered_same', 12, { initial: 'true' }),
    code('registered_postal_code', 2, postal), text('registered_address', 8),
  ],
}
const employment = (establishments: Establishment[], departments: string[]): Section => ({
  id: 'employment', path: 'employment', dated: true, optional: true, fields: [
    validFrom,
    choice('establishment_id', 'establishment', establishments.map((e) => String(e.id)), 3, {
      numeric: true, words: Object.fromEntries(establishments.map((e) => [e.id, e.details.name])),
    }),
    text('department', 3, { suggest: departments }), text('title', 3), text('occupation', 3),
    choice('type', 'employment_type', employmentTypes, 3, { ...required, initial: 'regular' }),
    choice('term', 'contract_term', ['open_ended', 'fixed_term'], 3, { ...required, initial: 'open_ended' }), date('contract_from'), date('contract_to'),
    text('contract_renewal', 6), minutes('weekly_minutes', 3, { unit: 'hours', fault: 'bad_hours' }), flag('short_time', 3),
  ],
})
const remuneration: Section = {
  id: 'remuneration', path: 'remuneration', dated: true, optional: true, fields: [
    validFrom, choice('pay_type', 'pay_type', ['monthly', 'daily', 'hourly'], 4, { ...required, initial: 'monthly' }),
    yen('cash', 4), yen('in_kind', 4), yen('health_standard', 4), yen('pension_standard', 4),
  ],
}
const state = choice('state', 'insurance_state', insurance, 3, { ...required, initial: 'none' })
const health: Section = {
  id: 'health', path: 'health', optional: true, named: true, fields: [
    state, date('acquired_on'), date('lost_on'), text('loss_reason'), code('reference', 3, reference), code('card_symbol', 3), code('card_number', 3), code('card_branch', 3),
    flag('certificate_needed', 12),
  ],
}
const pension: Section = {
  id: 'pension', path: 'pension', optional: true, named: true, fields: [
    state, date('acquired_on'), date('lost_on'), code('reference', 3, reference), code('basic_number', 3, pensionNumber), text('no_number_reason', 3), flag('over_70', 3), flag('two_employers', 3),
  ],
}
const employmentInsurance: Section = {
  id: 'employment_insurance', path: 'employment_insurance', optional: true, named: true, fields: [
    state, date('acquired_on'), date('lost_on'), code('number', 3, { digits: [11, 16], fault: 'bad_employment_insured_number' }),
    choice('acquisition', 'acquisition', ['first', 'again']),
    choice('labour_class', 'labour_class', ['regular', 'officer', 'officer_employee', 'temporary'], 3, { ...required, initial: 'regular' }),
    text('no_number_reason', 3), text('not_enrolled_reason', 3), flag('wants_separation_slip', 12),
  ],
}
const tax: Section = {
  id: 'tax', path: 'tax', optional: true, fields: [
    choice('table', 'tax_table', ['kou', 'otsu', 'hei'], 3), choice('disability', 'disability', disability, 3, { ...required, initial: 'none' }),
    flag('has_spouse', 3, low), flag('working_student', 3, low), flag('widow', 3, low), flag('single_parent', 3, low),
  ],
}
const residence: Section = {
  id: 'residence', path: 'residence', optional: true, fields: [
    text('nationality', 3), text('status', 3), code('card_number', 3, { fault: 'bad_residence_card_number' }), date('expires_on'), flag('outside_activity', 12),
  ],
}
const relative: Field[] = [
  code('id', 3, { hidden: true, numeric: true }),
  text('relation', 3, { ...required, suggest: relations }), text('last_name', 3, required), text('first_name', 3, required), choice('sex', 'sex', ['male', 'female'], 3),
  kana('last_kana', 3), kana('first_kana', 3), date('birth_date'),
  choice('dependent', 'dependent_state', ['none', 'tax_and_social', 'tax_only', 'social_only'], 3, { ...required, initial: 'none' }),
  choice('living', 'living', ['together', 'apart_domestic', 'apart_abroad'], 3, { ...required, initial: 'together' }), code('postal_code', 3, postal), text('address', 6),
  code('telephone', 3, { fault: 'bad_telephone' }), text('occupation', 3), yen('yearly_revenue', 3), yen('yearly_income', 3),
  choice('disability', 'disability', disability, 3, { ...required, initial: 'none' }), code('basic_pension_number', 3, pensionNumber),
  date('social_from', 3), text('social_from_reason', 3), date('social_to', 3), text('social_to_reason', 3), date('tax_from', 3), date('tax_to', 3),
]

type Words = { establishments?: Establishment[]; departments?: string[]; states?: readonly string[] }
/** With the names of this client's establishments and the departments that are in use. */
export const ledgerSpec = ({ establishments = [], departments = [], states = attendances }: Words = {}): RecordSpec => ({
  prefix: '',
  sections: [basic(states), name, address, employment(establishments, departments), remuneration, health, pension, employmentInsurance, tax, residence],
  list: { path: 'relatives', section: 'relatives', fields: relative },
})
