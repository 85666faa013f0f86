import type { Attempt } from '../../api/own'
import { t } from '../../i18n'
import type { StatusKind } from '../../ui'

/** 0 is the last day. */
export const daysLeftText = (days: number) => (days === 0 ? t('own.password_today') : t('own.password_days', { n: days }))

export const attemptKind: Record<Attempt, StatusKind> = {
  ok: 'done', stepped_up: 'done', wrong: 'alert', wrong_code: 'alert', locked: 'alert', network: 'alert', hours: 'alert', ended: 'off', out: 'off',
}
export const isFailure = (outcome: Attempt) => attemptKind[outcome] === 'alert'

/** Old sessions and unusual programs do not say what they are. */
export const deviceText = (device: string | null | undefined) => device || t('own.device_unknown')
