import type { LedgerLine } from '../../api/reviews'
import { t } from '../../i18n'
import type { StatusKind } from '../../ui'

export const states: Record<LedgerLine['state'], StatusKind> = { invited: 'doing', active: 'done', disabled: 'off' }

/** 2026年12月 */
export const monthText = (month: string) => t('reviews.month', { y: month.slice(0, 4), m: Number(month.slice(5)) })
