import { useRef, useState } from 'react'
import { Problem, problemText } from '../../api/problem'
import { changePassword, useSession } from '../../api/session'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Input, toast } from '../../ui'
import { NewPassword, useNewPassword } from './NewPassword'

/** One's own password; other screens of the same person are signed out. */
export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const session = useSession()
  const first = useRef<HTMLInputElement>(null)
  const [current, setCurrent] = useState('')
  const entry = useNewPassword([session.login_id, session.name, session.office_name])
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const wrong = fault instanceof Problem && fault.code === 'password_wrong'
  const save = async () => {
    setBusy(true)
    try {
      await changePassword({ current, password: entry.password })
      toast('done', t('password.changed'))
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open title={t('password.change_title')} action={t('password.change')} undo={t('password.change_undo')} busy={busy || !current || !entry.ready}
      error={fault === undefined || wrong ? undefined : problemText(fault)} focus={first} onClose={onClose} onDone={() => void save()}>
      <FormControl label={t('password.current')} errorMessages={wrong ? problemText(fault) : undefined}>
        <Input ref={first} width="100%" type="password" autoComplete="current-password" value={current} onChange={(e) => { setCurrent(e.target.value); setFault(undefined) }} />
      </FormControl>
      <NewPassword label={t('password.new')} again={t('password.new_again')} entry={entry} fault={wrong ? undefined : fault} />
    </ConfirmDialog>
  )
}
