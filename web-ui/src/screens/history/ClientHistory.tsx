import { useClientHistory } from '../../api/clients'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Note, Page } from '../../ui'
import { useOpenClient } from '../clients/open'
import { HistoryList } from './HistoryList'

/** Everything that was changed about a client. */
export default function ClientHistory() {
  const client = useOpenClient()
  const { data, error } = useClientHistory(client.id)
  return (
    <Page title={t('history.title')} sub={t('history.sub')} help="clients">
      {error && <Note kind="alert" role="alert">{problemText(error)}</Note>}
      {data && <HistoryList items={data} clientId={client.id} />}
    </Page>
  )
}
