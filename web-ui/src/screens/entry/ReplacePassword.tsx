import { useState } from 'react'
import { faultsOf, problemText } from '../../api/problem'
import { replacePassword, useSession, type Session } from '../../api/session'
import { t } from '../../i18n'
import { Button, Note, toast } from '../../ui'
import { NewPassword, useNewPassword } from './NewPassword'

/** The password has expired: a new one before anything else. */
export function ReplacePassword({ onDone }: { onDone: (session: Session) => void }) {
  const session = useSession()
  const entry = useNewPassword([session.login_id, session.name, session.office_name])
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const save = async () => {
    if (busy || !entry.ready) return
    setBusy(true)
    try {
      const next = await replacePassword(entry.password)
      toast('done', t('password.changed'))
      onDone(next)
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <>
      {fault !== undefined && !faultsOf(fault, 'password')?.length && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      <form className="k-col si-setup" onSubmit={(e) => { e.preventDefault(); void save() }}>
        <input className="k-sr" tabIndex={-1} aria-hidden="true" readOnly autoComplete="username" value={session.login_id} />
        <NewPassword focus label={t('password.new')} again={t('password.new_again')} entry={entry} fault={fault} />
        <Button type="submit" variant="primary" wide className="si-go" loading={busy} disabled={!entry.ready}>{t('stage.password_submit')}</Button>
      </form>
    </>
  )
}
