import { useRef, useState } from 'react'
import { faultsOf, Problem, problemText } from '../../api/problem'
import { changePassword, useSession } from '../../api/session'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Input, toast } from '../../ui'
import { passwordRules } from './password'
import { PasswordRules } from './PasswordRules'

/** One's own password; other screens of the same person are signed out. */
export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const session = useSession()
  const first = useRef<HTMLInputElement>(null)
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const rules = passwordRules(password, again, [session.login_id, session.name, session.office_name])
  const wrong = fault instanceof Problem && fault.code === 'password_wrong'
  const faults = faultsOf(fault, 'password')
  const save = async () => {
    setBusy(true)
    try {
      await changePassword({ current, password })
      toast('done', t('password.changed'))
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open title={t('password.change_title')} action={t('password.change')} undo={t('password.change_undo')} busy={busy || !current || !rules.match}
      error={fault === undefined || wrong ? undefined : problemText(fault)} focus={first} onClose={onClose} onDone={() => void save()}>
      <FormControl label={t('password.current')} errorMessages={wrong ? problemText(fault) : undefined}>
        <Input ref={first} width="100%" type="password" autoComplete="current-password" value={current} onChange={(e) => { setCurrent(e.target.value); setFault(undefined) }} />
      </FormControl>
      <div className="pair">
        <FormControl label={t('password.new')} errorMessages={wrong ? undefined : faults}>
          <Input width="100%" type="password" autoComplete="new-password" value={password} onChange={(e) => setPassword(e.target.value)} />
        </FormControl>
        <FormControl label={t('password.new_again')}>
          <Input width="100%" type="password" autoComplete="new-password" value={again} onChange={(e) => setAgain(e.target.value)} />
        </FormControl>
      </div>
      <PasswordRules rules={rules} />
    </ConfirmDialog>
  )
}
