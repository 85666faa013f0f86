import { useState } from 'react'
import { givePasskey, usePasskeyPlace } from '../../api/passkeys'
import { Problem, problemText } from '../../api/problem'
import { useSession, type Session } from '../../api/session'
import { t } from '../../i18n'
import { Button, Note } from '../../ui'
import { GiveCode } from './GiveCode'
import { PasskeyElsewhere } from './PasskeyElsewhere'

/** `onStopped`: too many failures, the session is gone. */
type Props = { onDone: (session: Session) => void; onStopped: () => void }

/** The second step of signing in: a passkey where the account has one and this page can ask for it, or a code. */
export function SecondStep(props: Props) {
  const session = useSession()
  const place = usePasskeyPlace()
  const [wantsCode, setWantsCode] = useState(false)
  if (session.passkey && !place) return null // a moment
  const offered = session.passkey && place?.state === 'ready'
  if (offered && !wantsCode) return <GivePasskey {...props} onCode={() => setWantsCode(true)} />
  return (
    <>
      {session.passkey && place && <PasskeyElsewhere place={place} />}
      <GiveCode {...props} app={session.totp} />
      {offered && <div className="si-links"><button type="button" className="k-link" onClick={() => setWantsCode(false)}>{t('stage.use_passkey')}</button></div>}
    </>
  )
}

function GivePasskey({ onDone, onStopped, onCode }: Props & { onCode: () => void }) {
  const { totp } = useSession()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const give = async () => {
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      onDone(await givePasskey())
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return onStopped()
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <>
      <p className="k-sub">{t('stage.passkey_lead')}</p>
      {fault !== undefined && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      <Button variant="primary" wide className="si-go" autoFocus loading={busy} onClick={() => void give()}>{t('passkey.confirm')}</Button>
      <section>
        <div className="si-links"><button type="button" className="k-link" onClick={onCode}>{totp ? t('stage.use_code') : t('stage.use_recovery')}</button></div>
        <p className="k-sub">{t('stage.passkey_lost')}</p>
      </section>
    </>
  )
}
