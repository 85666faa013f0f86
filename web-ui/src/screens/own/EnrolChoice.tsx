import { useState } from 'react'
import { enrolPasskey, usePasskeyPlace, usualName } from '../../api/passkeys'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Note } from '../../ui'
import { PasskeyElsewhere } from '../entry/PasskeyElsewhere'
import { EnrolSteps } from './EnrolSteps'
import './own.css'

/** The second factor that an account must have: a passkey of this device, or an authenticator app. */
export function EnrolChoice({ onDone }: { onDone: (codes: string[]) => void }) {
  const place = usePasskeyPlace()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const enrol = async () => {
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      onDone(await enrolPasskey(usualName(navigator.userAgent)))
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <>
      {fault !== undefined && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      {place?.state === 'ready' && (
        <section className="enrol-way" aria-labelledby="enrol-passkey">
          <h2 id="enrol-passkey">{t('enrol.passkey')}</h2>
          <p className="k-sub">{t('passkey.what')}</p>
          <div><Button variant="primary" loading={busy} onClick={() => void enrol()}>{t('passkey.add')}</Button></div>
        </section>
      )}
      <section className="enrol-way" aria-labelledby="enrol-app">
        {place?.state === 'ready' && <h2 id="enrol-app">{t('enrol.with_app')}</h2>}
        {place && <PasskeyElsewhere place={place} />}
        <EnrolSteps onDone={onDone} />
      </section>
    </>
  )
}
