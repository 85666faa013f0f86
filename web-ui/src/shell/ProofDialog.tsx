import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Problem, problemText } from '../api/problem'
import { proveWithPasskey, usePasskeyPlace } from '../api/passkeys'
import { answerProof, isProofAsked, watchProof } from '../api/proof'
import { proveAgain, useSession } from '../api/session'
import { t } from '../i18n'
import { Button, ConfirmDialog, format, FormControl, Input } from '../ui'

/** 本人確認: stands over whatever the person was doing, which goes on with the answer. */
export function ProofDialog() {
  return useSyncExternalStore(watchProof, isProofAsked) ? <Question /> : null
}

function Question() {
  const session = useSession()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // Esc ends this dialog, and not the one below it
    const press = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.isComposing) return
      e.stopImmediatePropagation()
      answerProof(false)
    }
    addEventListener('keydown', press, true)
    return () => removeEventListener('keydown', press, true)
  }, [])
  const prove = async () => {
    setBusy(true)
    try {
      await proveAgain(password, code.trim())
      answerProof(true)
    } catch (problem) {
      const wrongCode = problem instanceof Problem && problem.code === 'code_wrong'
      setFault(problem)
      setBusy(false)
      setCode('') // each code counts once
      if (!wrongCode) setPassword('')
      ;(wrongCode ? second : first).current?.focus()
    }
  }
  const place = usePasskeyPlace()
  const byPasskey = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await proveWithPasskey()
      answerProof(true)
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  const under = (wanted: string) => (fault instanceof Problem && fault.code === wanted ? problemText(fault) : undefined)
  const other = fault !== undefined && !under('password_wrong') && !under('code_wrong')
  const ready = password !== '' && (!session.second_factor || code.trim() !== '')
  return (
    <ConfirmDialog open title={t('proof.title')} action={t('proof.action')} undo={t('proof.note')} busy={busy || !ready} focus={first}
      error={other ? problemText(fault) : undefined} onClose={() => answerProof(false)} onDone={() => void prove()}>
      <p>{t('proof.body', { name: format.name(session.name) })}</p>
      {session.passkey && place?.state === 'ready' && (
        <div className="proof-passkey"><Button wide loading={busy} onClick={() => void byPasskey()}>{t('passkey.confirm')}</Button>
          <span className="k-xs">{t('proof.or_password')}</span></div>
      )}
      <input className="k-sr" tabIndex={-1} aria-hidden="true" readOnly autoComplete="username" value={session.login_id} />
      <FormControl label={t('sign_in.password')} errorMessages={under('password_wrong')}>
        <Input ref={first} width="100%" type="password" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
      </FormControl>
      {session.second_factor && (
        <FormControl label={session.totp ? t('code.label') : t('code.recovery')} helpMessage={session.totp ? t('proof.code_help') : t('code.recovery_help')} errorMessages={under('code_wrong')}>
          <Input ref={second} width="100%" autoComplete="one-time-code" spellCheck={false} value={code} onChange={(e) => setCode(e.target.value)} />
        </FormControl>
      )}
    </ConfirmDialog>
  )
}
