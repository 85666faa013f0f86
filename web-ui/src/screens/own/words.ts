import type { Attempt, AttemptRow } from '../../api/own'
import { maybe, t } from '../../i18n'
import type { StatusKind } from '../../ui'

/** 0 is the last day. */
export const daysLeftText = (days: number) => (days === 0 ? t('own.password_today') : t('own.password_days', { n: days }))

export const attemptKind: Record<Attempt, StatusKind> = {
  ok: 'done', stepped_up: 'done', wrong: 'alert', wrong_code: 'alert', locked: 'alert', network: 'alert', hours: 'alert', ended: 'off', out: 'off',
}
/** What happened, and with what where that makes a difference. */
export const attemptText = ({ outcome, method, factor }: Pick<AttemptRow, 'outcome' | 'method' | 'factor'>) =>
  (method === 'passkey' && maybe(`own.attempt.passkey_${outcome}`)) || t(`own.attempt.${outcome}`) + (method === 'password' ? maybe(`own.factor.${factor}`) ?? '' : '')
export const isFailure = (outcome: Attempt) => attemptKind[outcome] === 'alert'

/** Old sessions and unusual programs do not say what they are. */
export const deviceText = (device: string | null | undefined) => device || t('own.device_unknown')
