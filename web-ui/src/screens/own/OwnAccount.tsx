import { wordsOf } from '../../api/roles'
import { useSession } from '../../api/session'
import { t } from '../../i18n'
import { format, Page } from '../../ui'
import { PasskeysCard } from './PasskeysCard'
import { DevicesCard } from './DevicesCard'
import { PasswordCard } from './PasswordCard'
import { SecondFactorCard } from './SecondFactorCard'
import { SessionsCard } from './SessionsCard'
import { SignInsCard } from './SignInsCard'
import './own.css'

/** アカウント設定 and ログイン履歴: everybody's own, and nobody else's. */
export default function OwnAccount() {
  const session = useSession()
  return (
    <Page title={t('own.title')} sub={t('own.sub', { name: format.name(session.name), login_id: session.login_id, role: session.roles.map(wordsOf).join('・') })} help="own-account">
      <div className="own">
        <div className="k-col"><PasswordCard /><SecondFactorCard /><PasskeysCard /></div>
        <div className="k-col"><SessionsCard /><DevicesCard /><SignInsCard /></div>
      </div>
    </Page>
  )
}
