import { useRef, useState } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { problemText } from '../../api/problem'
import { signInWithPasskey, usePasskeyPlace } from '../../api/passkeys'
import { signIn, useSetupState } from '../../api/session'
import { maybe, t } from '../../i18n'
import { Button, FormControl, Input, Note, useTitle } from '../../ui'
import { backTo } from './back'
import { EntryFrame } from './EntryFrame'
import { PasskeyElsewhere } from './PasskeyElsewhere'

export default function SignIn() {
  const { to, out, expired, stopped, refused } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const setup = useSetupState()
  const place = usePasskeyPlace()
  const [loginId, setLoginId] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const [forgot, setForgot] = useState(false)
  const [tried, setTried] = useState(false)
  const passwordBox = useRef<HTMLInputElement>(null)
  useTitle('page', t('sign_in.title'))
  const submit = async () => {
    if (busy) return
    setTried(true)
    if (!loginId || !password) return
    setBusy(true)
    try {
      await signIn(loginId.trim(), password)
      await navigate({ to: backTo(to) })
    } catch (problem) {
      setFault(problem)
      setPassword('')
      passwordBox.current?.focus()
    } finally {
      setBusy(false)
    }
  }
  const byPasskey = async () => {
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      await signInWithPasskey()
      await navigate({ to: backTo(to) })
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <EntryFrame office={setup?.office_name ?? ''}>
      <h1>{t('sign_in.title')}</h1>
      {out && !fault && <Note kind="done" role="status">{t('sign_in.signed_out')}</Note>}
      {stopped && !fault && <Note kind="alert" role="alert">{t('sign_in.stopped')}</Note>}
      {refused && !fault && <Note kind="alert" role="alert">{maybe(`error.${refused}`) ?? t('error.status.403')}</Note>}
      {(expired || to) && !stopped && !refused && !fault && <Note>{expired && t('error.sign_in_needed')}{to && t('sign_in.return')}</Note>}
      {fault !== undefined && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      {setup?.needed && <Note kind="soon">{t('sign_in.setup_needed')}</Note>}
      <form className="k-col" onSubmit={(e) => { e.preventDefault(); void submit() }}>
        <FormControl label={t('sign_in.login_id')} errorMessages={tried && !loginId ? t('form.required') : undefined}>
          <Input width="100%" name="login_id" autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} value={loginId} onChange={(e) => setLoginId(e.target.value)} />
        </FormControl>
        <FormControl label={t('sign_in.password')} errorMessages={tried && !password && !fault ? t('form.required') : undefined}>
          <Input ref={passwordBox} width="100%" name="password" type="password" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
        </FormControl>
        <Button type="submit" variant="primary" wide className="si-go" loading={busy}>{t('sign_in.submit')}</Button>
      </form>
      {place?.state === 'ready' && (
        <div className="si-other"><span className="k-xs">{t('passkey.or')}</span>
          <Button wide className="si-go" disabled={busy} onClick={() => void byPasskey()}>{t('passkey.sign_in')}</Button></div>
      )}
      <section>
        {place && <PasskeyElsewhere place={place} />}
        <div className="si-links">
          <button type="button" className="k-link" aria-expanded={forgot} onClick={() => setForgot(!forgot)}>{t('sign_in.forgot')}</button>
          <Link to="/setup">{t('sign_in.with_code')}</Link>
        </div>
        {forgot && <p className="k-sub">{t('sign_in.forgot_body')}</p>}
      </section>
    </EntryFrame>
  )
}
