// RFC 9457 problems of the daemon, and what people read instead: what happened, why, what to do.
import { maybe, t } from '../i18n'

export type FieldFault = { field: string; message: string }
type Body = { status?: number; code?: string; fields?: FieldFault[]; request_id?: string; context?: unknown }

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: FieldFault[]
  readonly requestId: string
  /** both versions of a conflict, and the like */
  readonly context: unknown

  constructor(status: number, body: Body) {
    super(body.code ?? `http_${status}`)
    this.status = status
    this.code = body.code ?? (status === 0 ? 'unreachable' : `http_${status}`)
    this.fields = body.fields ?? []
    this.requestId = body.request_id ?? ''
    this.context = body.context
  }
}

export const isMissing = (fault: unknown) => fault instanceof Problem && fault.status === 404

/** What a sentence takes from the context: how long to wait. */
function valuesOf({ context }: Problem) {
  const seconds = typeof context === 'object' && context !== null && 'seconds' in context ? Number(context.seconds) : 0
  return { seconds, minutes: Math.max(1, Math.ceil(seconds / 60)) }
}

/** The sentence for a problem's code. Codes without one fall back on their status, and name the code for the help desk. */
export function problemText(fault: unknown): string {
  if (!(fault instanceof Problem)) return t('error.unexpected')
  const own = maybe(`error.${fault.code}`, valuesOf(fault))
  if (own) return own
  const byStatus = maybe(`error.status.${fault.status}`) ?? t('error.unexpected')
  return t('error.with_code', { text: byStatus, code: fault.code })
}

/** The sentence under a field. */
export const fieldFaultText = (code: string): string => maybe(`fault.${code}`) ?? t('fault.other', { code })

/** The sentences under a field, wherever in the body it stands; undefined when nothing was refused. */
export const faultsOf = (fault: unknown, field: string): string[] | undefined =>
  fault instanceof Problem
    ? fault.fields.filter((f) => f.field === field || f.field.endsWith(`.${field}`)).map((f) => fieldFaultText(f.message))
    : undefined

/** The label of a path in a body: "addresses.0.postal_code" -> 郵便番号 */
export function fieldLabel(path: string): string {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  return maybe(`field.${parts.join('.')}`) ?? maybe(`field.${parts[parts.length - 1] ?? ''}`) ?? path
}
