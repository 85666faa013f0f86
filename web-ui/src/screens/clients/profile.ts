// 顧問先 and 事業所: the fields of their forms, as daemon/clients/clients.hpp has them.
import { choice, code, date, flag, kana, long, required, text, type RecordSpec } from '../../forms/spec'

const months = Array.from({ length: 12 }, (_, i) => String(i + 1))
const days = [...Array.from({ length: 30 }, (_, i) => String(i + 1)), '31'] // 31: the last of the month
const postal = { groups: [3, 4], fault: 'bad_postal_code' } as const

export const clientSpec: RecordSpec = {
  prefix: 'client',
  sections: [
    { id: 'client', path: '', fields: [code('code', 2, required), text('name', 5, required), kana('name_kana', 5, required)] },
    {
      id: 'company', path: 'profile', fields: [
        choice('entity', 'entity', ['corporation', 'sole_proprietor'], 2, { ...required, initial: 'corporation' }),
        code('corporate_number', 4, { digits: [13, 13], fault: 'bad_corporate_number' }), text('industry', 4),
        choice('fiscal_month', 'month', months, 2, { numeric: true }),
        text('representative_title', 4), text('representative_name', 4), kana('representative_kana', 4),
      ],
    },
    {
      id: 'place', path: 'profile', fields: [
        code('postal_code', 2, postal), text('address', 6), text('address_kana', 4), code('telephone', 3, { fault: 'bad_telephone' }), code('fax', 3, { fault: 'bad_telephone' }),
        text('contact_name', 3), text('contact_email', 3),
      ],
    },
    {
      id: 'contract', path: 'profile', fields: [
        date('contract_from', 3), date('contract_to', 3), flag('does_procedures', 2, { initial: 'true' }), flag('does_payroll', 1), flag('does_year_end', 2), flag('does_consulting', 1),
      ],
    },
    {
      id: 'payroll', path: 'profile', fields: [
        choice('closing_day', 'day', days, 3, { numeric: true }), choice('pay_month_offset', 'pay_month', ['0', '1', '2'], 3, { numeric: true }),
        choice('pay_day', 'day', days, 3, { numeric: true }), text('bonus_months', 3),
      ],
    },
    { id: 'client_note', path: 'profile', fields: [long('note', 12)] },
  ],
}

export const establishmentSpec: RecordSpec = {
  prefix: 'establishment',
  sections: [
    {
      id: 'establishment', path: '', fields: [
        text('name', 6, required), kana('name_kana', 6), code('postal_code', 3, postal), text('address', 6), code('telephone', 3, { fault: 'bad_telephone' }),
      ],
    },
    {
      id: 'social_insurance', path: '', fields: [
        code('symbol', 3, { fault: 'bad_establishment_symbol' }), code('number', 3, { digits: [1, 5], fault: 'bad_establishment_number' }), text('pension_office', 3), date('applied_on', 3),
        choice('health_insurer', 'health_insurer', ['kyokai', 'union_'], 3, { ...required, initial: 'kyokai' }), text('insurer_branch', 3),
        code('insurer_number', 3, { digits: [6, 8], fault: 'bad_insurer_number' }), text('insurer_name', 3), code('card_symbol', 3), flag('specified', 4),
      ],
    },
    {
      id: 'labour_insurance', path: '', fields: [
        code('labour_number', 4, { groups: [2, 1, 2, 6, 3], fault: 'bad_labour_number' }), text('labour_industry', 4), text('labour_office', 4), flag('labour_unified', 12, { initial: 'true' }),
      ],
    },
    {
      id: 'employment_office', path: '', fields: [
        code('employment_office_number', 4, { groups: [4, 6, 1], fault: 'bad_employment_office_number' }), text('hello_work', 4), date('established_on', 4),
      ],
    },
  ],
}
