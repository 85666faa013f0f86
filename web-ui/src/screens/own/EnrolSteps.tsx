import { useEffect, useRef, useState } from 'react'
import { useTotpOffer } from '../../api/own'
import { faultsOf, Problem, problemText } from '../../api/problem'
import { confirmSecondFactor } from '../../api/session'
import { t } from '../../i18n'
import { Button, Note } from '../../ui'
import { CodeBox, codeDigits, digitsOf } from './CodeBox'
import { CopyButton } from './CopyButton'
import { grouped } from './qr'
import { QrCode } from './QrCode'
import './own.css'

type Props = { onDone: (codes: string[]) => void; onCancel?: () => void }

/** 二段階認証の設定: install an app, scan the code, type what the app shows. */
export function EnrolSteps({ onDone, onCancel }: Props) {
  const { data: offer, error } = useTotpOffer()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => box.current?.focus({ preventScroll: true }), []) // the steps are read from their first
  const confirm = async (digits: string) => {
    if (busy || digits.length !== codeDigits) return
    setBusy(true)
    setFault(undefined)
    try {
      onDone(await confirmSecondFactor(digits))
    } catch (problem) {
      setFault(problem)
      setCode('')
      setBusy(false)
      box.current?.focus()
    }
  }
  const wrong = faultsOf(fault, 'code')
  if (error) return <Note kind="alert" role="alert">{problemText(error)}</Note>
  return (
    <form className="k-col" onSubmit={(e) => { e.preventDefault(); void confirm(digitsOf(code)) }}>
      {fault !== undefined && !(fault instanceof Problem && wrong?.length) && <Note kind="alert" role="alert">{problemText(fault)}</Note>}
      <ol className="enrol">
        <li><h3>{t('enrol.app')}</h3><p className="k-sub">{t('enrol.app_help')}</p></li>
        <li>
          <h3>{t('enrol.scan')}</h3>
          <div className="enrol-scan">
            {offer ? <QrCode rows={offer.qr} /> : <div className="qr" />}
            <div>
              <p className="k-sub">{t('enrol.scan_help')}</p>
              <p className="k-sub">{t('enrol.secret')}</p>
              <p className="secret">{offer && grouped(offer.secret)}</p>
              {offer && <CopyButton text={offer.secret} label={t('enrol.copy_secret')} />}
            </div>
          </div>
        </li>
        <li>
          <h3>{t('enrol.confirm')}</h3>
          <div className="enrol-code">
            <CodeBox ref={box} value={code} faults={wrong?.length ? wrong : undefined} busy={busy} onChange={setCode} onFull={(digits) => void confirm(digits)} />
            <span className="k-row">
              <Button type="submit" variant="primary" loading={busy} disabled={digitsOf(code).length !== codeDigits}>{t('enrol.submit')}</Button>
              {onCancel && <Button onClick={onCancel} disabled={busy}>{t('action.cancel')}</Button>}
            </span>
          </div>
        </li>
      </ol>
    </form>
  )
}
