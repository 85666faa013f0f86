import { useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { forgetSession, signOut, useSession, type Session, type Stage } from '../../api/session'
import { t } from '../../i18n'
import { format, Toasts, useTitle } from '../../ui'
import { EnrolChoice } from '../own/EnrolChoice'
import { KeepCodes } from '../own/KeepCodes'
import { backTo } from './back'
import { EntryFrame } from './EntryFrame'
import { ReplacePassword } from './ReplacePassword'
import { SecondStep } from './SecondStep'

/** What is still asked of a person who gave the right password, one thing at a time; nothing else is open before. */
export default function SigningIn() {
  const session = useSession()
  const { to } = useSearch({ from: '/signing-in' })
  const navigate = useNavigate()
  // its own memory: the session is open before the person has put the recovery codes away
  const [stage, setStage] = useState<Exclude<Stage, 'open'>>(session.stage === 'open' ? 'enrol' : session.stage)
  const [codes, setCodes] = useState<string[]>()
  const title = codes ? t('codes.page_title') : stage === 'second_factor' && session.passkey ? t('stage.factor_title') : t(`stage.${stage}.title`)
  useTitle('page', title)
  const leave = () => navigate({ to: backTo(to) })
  const goOn = (next: Session) => { if (next.stage === 'open') void leave(); else setStage(next.stage) }
  const stop = () => {
    forgetSession()
    void navigate({ to: '/sign-in', search: { to, stopped: true } })
  }
  return (
    <EntryFrame office={session.office_name} wide={stage === 'enrol'}>
      <h1>{title}</h1>
      {stage !== 'second_factor' && <p className="k-sub">{codes ? t('codes.lead') : t(`stage.${stage}.lead`)}</p>}
      {stage === 'second_factor' && <SecondStep onDone={goOn} onStopped={stop} />}
      {stage === 'new_password' && <ReplacePassword onDone={goOn} />}
      {stage === 'enrol' && (codes ? <KeepCodes codes={codes} action={t('stage.start')} onDone={() => void leave()} /> : <EnrolChoice onDone={setCodes} />)}
      {!codes && (
        <p className="k-sub si-who">{t('stage.who', { name: format.name(session.name), login_id: session.login_id })}
          <button type="button" className="k-link k-push" onClick={() => void signOut(() => navigate({ to: '/sign-in', search: { out: true } }))}>{t('top.sign_out')}</button></p>
      )}
      <Toasts />
    </EntryFrame>
  )
}
