import { useState } from 'react'
import { faultsOf, problemText } from '../../api/problem'
import { replacePassword, useSession, type Session } from '../../api/session'
import { t } from '../../i18n'
import { Button, FormControl, Input, Note, toast } from '../../ui'
import { passwordRules } from './password'
import { PasswordRules } from './PasswordRules'

/** The password has expired: a new one before anything else. */
export function ReplacePassword({ onDone }: { onDone: (session: Session) => void }) {
  const session = useSession()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const rules = passwordRules(password, again, [session.login_id, session.name, session.office_name])
  const faults = faultsOf(fault, 'password')
  const save = async () => {
    if (busy || !rules.match) return
    setBusy(true)
    try {
      const next = await replacePassword(password)
      toast('done', t('password.changed'))
      onDone(next)
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <>
      {fault !== undefined && !faults?.length && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      <form className="k-col si-setup" onSubmit={(e) => { e.preventDefault(); void save() }}>
        <input className="k-sr" tabIndex={-1} aria-hidden="true" readOnly autoComplete="username" value={session.login_id} />
        <FormControl label={t('password.new')} errorMessages={faults?.length ? faults : undefined}>
          <Input width="100%" type="password" autoComplete="new-password" autoFocus value={password} onChange={(e) => { setPassword(e.target.value); setFault(undefined) }} />
        </FormControl>
        <FormControl label={t('password.new_again')}>
          <Input width="100%" type="password" autoComplete="new-password" value={again} onChange={(e) => setAgain(e.target.value)} />
        </FormControl>
        <PasswordRules rules={rules} />
        <Button type="submit" variant="primary" wide className="si-go" loading={busy} disabled={!rules.match}>{t('stage.password_submit')}</Button>
      </form>
    </>
  )
}
