import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { removeSecondFactor, renewRecoveryCodes, useSecondFactor } from '../../api/own'
import { problemText } from '../../api/problem'
import { changeSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, Card, ConfirmDialog, Status, toast } from '../../ui'
import { EnrolSteps } from './EnrolSteps'
import { KeepCodes } from './KeepCodes'

const few = 3 // codes left from which new ones are suggested

/** 二段階認証: its state, setting it up, new recovery codes, the end of it. */
export function SecondFactorCard() {
  const queries = useQueryClient()
  const { data: state } = useSecondFactor()
  const [enrolling, setEnrolling] = useState(false)
  const [codes, setCodes] = useState<string[]>()
  const [asking, setAsking] = useState<'renew' | 'remove'>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const card = useRef<HTMLDivElement>(null)
  const tall = enrolling || codes !== undefined
  useEffect(() => { if (tall) card.current?.scrollIntoView() }, [tall, codes])
  const ask = (next?: 'renew' | 'remove') => { setAsking(next); setFault(undefined) }
  const refresh = () => queries.invalidateQueries({ queryKey: ['own'] })
  const shown = (fresh: string[]) => { setEnrolling(false); setCodes(fresh); void refresh() }
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
      ask()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  const others = (state?.passkeys ?? 0) > 0
  const remove = async () => {
    await removeSecondFactor()
    changeSession({ totp: false, second_factor: others })
    toast('done', t('own.factor_removed'))
    await refresh()
  }
  const error = fault === undefined ? undefined : problemText(fault)
  const on = state !== undefined && (state.totp || others)
  return (
    <div ref={card} className="own-anchor">
      <Card title={t('own.factor')} id="own-factor" actions={state && <Status kind={on ? 'done' : 'wait'} pill>{t(on ? 'own.factor_on' : 'own.factor_off')}</Status>}>
        <div className="in k-col">
          {codes && <KeepCodes codes={codes} action={t('codes.close')} onDone={() => setCodes(undefined)} />}
          {!codes && enrolling && <EnrolSteps onDone={shown} onCancel={() => setEnrolling(false)} />}
          {!codes && !enrolling && state && (on ? (
            <>
              <p className="k-row"><span>{t('own.codes_left', { n: state.recovery_codes })}</span>
                {state.recovery_codes <= few && <Status kind={state.recovery_codes === 0 ? 'alert' : 'soon'}>{t('own.codes_few')}</Status>}</p>
              <p className="k-sub">{t('own.codes_body')}</p>
              <div className="k-row wrap">
                <Button onClick={() => ask('renew')}>{t('own.renew')}</Button>
                {state.totp ? <Button onClick={() => ask('remove')}>{t('own.remove')}</Button> : <Button onClick={() => setEnrolling(true)}>{t('own.enrol_app')}</Button>}
              </div>
            </>
          ) : (
            <>
              <p className="k-sub">{t('own.factor_body')}</p>
              <div><Button variant="primary" onClick={() => setEnrolling(true)}>{t('own.enrol')}</Button></div>
            </>
          ))}
        </div>
        <ConfirmDialog open={asking === 'renew'} title={t('own.renew_title')} action={t('own.renew')} undo={t('own.renew_undo')} busy={busy} error={error}
          onClose={() => ask()} onDone={() => void act(async () => shown(await renewRecoveryCodes()))}>
          <p>{t('own.renew_body')}</p>
        </ConfirmDialog>
        <ConfirmDialog open={asking === 'remove'} weight="checked" title={t('own.remove_title')} action={t('own.remove')} undo={t('own.remove_undo')} busy={busy} error={error}
          onClose={() => ask()} onDone={() => void act(remove)}>
          <p>{others ? t('own.remove_body_passkey') : t('own.remove_body')}</p>
        </ConfirmDialog>
      </Card>
    </div>
  )
}
