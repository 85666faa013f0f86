import { useParams } from '@tanstack/react-router'
import { t } from '../../i18n'
import { Page } from '../../ui'
import { Files } from './Files'

/** All files of a client: its own and those of its people. */
export default function ClientFiles() {
  const { clientId } = useParams({ from: '/shell/clients/$clientId/attachments' })
  return <Page title={t('files.page')} sub={t('files.sub')} help="attachments"><Files clientId={Number(clientId)} /></Page>
}
