import { useEffect, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { faultsOf, problemText } from '../../api/problem'
import { setUpAccount, setUpFirst, useSetupState } from '../../api/session'
import { t } from '../../i18n'
import { Button, FormControl, Input, Note, Status, toast, useTitle } from '../../ui'
import { EntryFrame } from './EntryFrame'
import { NewPassword, useNewPassword } from './NewPassword'

/** /setup#CODE: the code stays in the fragment, which no browser sends to a server and no log records. */
export default function Setup() {
  const navigate = useNavigate()
  const state = useSetupState()
  const first = state?.needed ?? true
  const [fromUrl] = useState(() => decodeURIComponent(location.hash.slice(1)))
  const [code, setCode] = useState(fromUrl)
  const [name, setName] = useState('')
  const [loginId, setLoginId] = useState('')
  const entry = useNewPassword([loginId, name, state?.office_name ?? ''])
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  useTitle('page', first ? t('setup.title') : t('setup.invited_title'))
  useEffect(() => {
    if (fromUrl) history.replaceState(history.state, '', '/setup') // the code does not stay in the address bar
  }, [fromUrl])
  const ready = entry.ready && (!first || name.trim()) && /^[A-Za-z0-9._@-]{1,64}$/.test(loginId) && code
  const submit = async () => {
    if (busy || !ready) return
    setBusy(true)
    try {
      if (first) await setUpFirst({ code: code.trim(), name: name.trim(), login_id: loginId, password: entry.password })
      else await setUpAccount({ code: code.trim(), login_id: loginId, password: entry.password })
      toast('done', first ? t('setup.done', { name: name.trim() }) : t('setup.done_invited'))
      await navigate({ to: '/' })
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <EntryFrame office={state?.office_name ?? ''}>
      <h1>{first ? t('setup.title') : t('setup.invited_title')}</h1>
      <p className="k-sub">{first ? t('setup.lead') : t('setup.invited_lead')}</p>
      {fault !== undefined && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      <form className="k-col si-setup" onSubmit={(e) => { e.preventDefault(); void submit() }}>
        {fromUrl ? <Status kind="done">{t('setup.code_read')}</Status> : (
          <FormControl label={t('setup.code')} helpMessage={t('setup.code_help')} errorMessages={faultsOf(fault, 'code')}>
            <Input width="100%" autoComplete="off" spellCheck={false} value={code} onChange={(e) => setCode(e.target.value)} />
          </FormControl>
        )}
        {first && (
          <FormControl label={t('setup.name')} errorMessages={faultsOf(fault, 'name')}>
            <Input width="100%" autoComplete="name" autoFocus value={name} onChange={(e) => setName(e.target.value)} />
          </FormControl>
        )}
        <FormControl label={t('setup.login_id')} helpMessage={t('setup.login_id_help')} errorMessages={faultsOf(fault, 'login_id')}>
          <Input width="100%" autoComplete="username" autoCapitalize="none" spellCheck={false} value={loginId} onChange={(e) => setLoginId(e.target.value)} />
        </FormControl>
        <NewPassword label={t('setup.password')} again={t('setup.password_again')} entry={entry} fault={fault} />
        <Button type="submit" variant="primary" wide className="si-go" loading={busy} disabled={!ready}>{first ? t('setup.submit') : t('setup.invited_submit')}</Button>
      </form>
    </EntryFrame>
  )
}
