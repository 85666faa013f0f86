import { useRef, useState } from 'react'
import { faultsOf, Problem, problemText } from '../../api/problem'
import { giveSecondFactor, type Session } from '../../api/session'
import { t } from '../../i18n'
import { Button, FormControl, Input, Note, toast } from '../../ui'
import { CodeBox, codeDigits, digitsOf } from '../own/CodeBox'
import '../own/own.css'

/** `onStopped`: too many wrong codes, the session is gone. */
type Props = { onDone: (session: Session) => void; onStopped: () => void; /** there is an authenticator app */ app: boolean }

/** The second step of signing in: a code of the app, or one of the recovery codes on paper. */
export function GiveCode({ onDone, onStopped, app }: Props) {
  const [onPaper, setOnPaper] = useState(!app)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const box = useRef<HTMLInputElement>(null)
  const give = async (code: string) => {
    if (busy || !code) return
    setBusy(true)
    setFault(undefined)
    try {
      const session = await giveSecondFactor(code)
      if (onPaper) toast('soon', t('stage.recovery_used'))
      onDone(session)
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return onStopped()
      setFault(problem)
      setText('')
      setBusy(false)
      box.current?.focus()
    }
  }
  const wrong = faultsOf(fault, 'code')
  const ready = onPaper ? text.trim() !== '' : digitsOf(text).length === codeDigits
  const change = () => { setOnPaper(!onPaper); setText(''); setFault(undefined) }
  return (
    <>
      <p className="k-sub">{!app ? t('stage.recovery_lead_passkey') : onPaper ? t('stage.recovery_lead') : t('stage.second_factor.lead')}</p>
      {fault !== undefined && !wrong?.length && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      <form className="k-col" onSubmit={(e) => { e.preventDefault(); if (ready) void give(onPaper ? text.trim() : digitsOf(text)) }}>
        {onPaper ? (
          <FormControl label={t('code.recovery')} helpMessage={t('code.recovery_help')} errorMessages={wrong?.length ? t('code.recovery_wrong') : undefined}>
            <Input ref={box} key="paper" width="100%" className="k-mono" autoComplete="off" autoCapitalize="characters" spellCheck={false} autoFocus value={text} readOnly={busy} onChange={(e) => setText(e.target.value)} />
          </FormControl>
        ) : <CodeBox ref={box} key="app" focus value={text} faults={wrong?.length ? problemText(fault) : undefined} busy={busy} onChange={setText} onFull={(digits) => void give(digits)} />}
        <Button type="submit" variant="primary" wide className="si-go" loading={busy} disabled={!ready}>{t('stage.go_on')}</Button>
      </form>
      <section>
        {app && <div className="si-links"><button type="button" className="k-link" onClick={change}>{onPaper ? t('stage.use_app') : t('stage.use_recovery')}</button></div>}
        <p className="k-sub">{app ? t('stage.lost') : t('stage.passkey_lost')}</p>
      </section>
    </>
  )
}
