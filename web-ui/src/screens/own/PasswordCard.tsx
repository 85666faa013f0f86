import { useState } from 'react'
import { useSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, Card, Status } from '../../ui'
import ChangePassword from '../entry/ChangePassword'
import { daysLeftText } from './words'

export function PasswordCard() {
  const { password_days_left: left } = useSession()
  const [changing, setChanging] = useState(false)
  return (
    <Card title={t('sign_in.password')} id="own-password">
      <div className="in k-col">
        {typeof left === 'number' && <Status kind="soon">{daysLeftText(left)}</Status>}
        <p className="k-sub">{t('own.password_body')}</p>
        <div><Button onClick={() => setChanging(true)}>{t('password.change')}</Button></div>
      </div>
      {changing && <ChangePassword onClose={() => setChanging(false)} />}
    </Card>
  )
}
