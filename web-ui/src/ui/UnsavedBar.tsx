import { useBlocker } from '@tanstack/react-router'
import { Button } from 'smarthr-ui'
import { t } from '../i18n'
import { Status } from './bits'
import { ConfirmDialog } from './ConfirmDialog'
import { useKey } from './keys'

export type Change = { label: string; from: string; to: string }
type Props = { changes: Change[]; saving: boolean; fault?: string; onDiscard: () => void; onSave: () => void; save?: string }

const show = (text: string) => (text === '' ? t('unsaved.empty') : text)

/** The bar that lists old → new. Leaving the page with changes asks first; Ctrl+Enter saves. */
export function UnsavedBar({ changes, saving, fault, onDiscard, onSave, save }: Props) {
  const dirty = changes.length > 0
  useKey('ctrl+Enter', () => dirty && !saving && onSave())
  if (!dirty) return null
  return (
    <div className="unsaved" role="region" aria-label={t('unsaved.title')}>
      <b>{t('unsaved.count', { n: changes.length })}</b>
      {fault && <Status kind="alert">{fault}</Status>}
      <span className="k-clip">{changes.map((c) => t('unsaved.change', { label: c.label, from: show(c.from), to: show(c.to) })).join('　')}</span>
      <Button className="k-push" onClick={onDiscard} disabled={saving}>{t('unsaved.discard')}</Button>
      <Button variant="primary" onClick={onSave} loading={saving}>{save ?? t('action.save')}</Button>
      <span className="k-kbd">Ctrl Enter</span>
    </div>
  )
}

/** Guards a page with unsaved changes: the browser asks on closing, a dialog on moving to another screen. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'} title={t('unsaved.leave_title')} action={t('unsaved.leave_action')} undo={t('unsaved.leave_undo')}
      weight="plain" onClose={() => blocker.reset?.()} onDone={() => blocker.proceed?.()}
    >
      <p>{t('unsaved.leave_body')}</p>
    </ConfirmDialog>
  )
}
