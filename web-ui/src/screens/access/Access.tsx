import { t } from '../../i18n'
import { Page } from '../../ui'
import { ExceptionsCard } from './ExceptionsCard'
import { HoursCard } from './HoursCard'
import { NetworksCard } from './NetworksCard'
import './access.css'

/** 接続元と利用時間: from where and when each class of people may use the office. */
export default function Access() {
  return (
    <Page title={t('access.title')} sub={t('access.sub')} help="access">
      <div className="k-col"><NetworksCard /><HoursCard /><ExceptionsCard /></div>
    </Page>
  )
}
