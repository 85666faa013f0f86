import { useState } from 'react'
import { useDevices, type DeviceCertificate } from '../../api/devices'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Card, Empty, FaPlusIcon, Note, Page } from '../../ui'
import { DeviceTable } from './DeviceTable'
import { InstallGuide } from './InstallGuide'
import { IssueDevice } from './IssueDevice'
import { PolicyCard } from './PolicyCard'
import { RevokeDevice } from './RevokeDevice'
import { ServerCard } from './ServerCard'
import './devices.css'

/** 端末証明書とサーバー証明書: which devices may come in, and what this server shows them. */
export default function Devices() {
  const { data, isPending, error } = useDevices()
  const [asking, setAsking] = useState<'issue' | DeviceCertificate>()
  const rows = data?.certificates ?? []
  const close = () => setAsking(undefined)
  return (
    <Page title={t('devices.title')} sub={t('devices.sub')} help="devices"
      actions={<Button variant="primary" prefix={<FaPlusIcon />} onClick={() => setAsking('issue')}>{t('devices.issue')}</Button>}>
      {error && <Note kind="alert" role="alert">{problemText(error)}</Note>}
      <div className="devices">
        <div className="k-col">
          <Card title={t('devices.list')} id="dv-list" count={data && t('common.unit.items', { n: rows.length })}>
            {rows.length > 0 && <DeviceTable rows={rows} onRevoke={setAsking} />}
            {rows.length === 0 && !isPending && <Empty title={t('devices.empty')}>{t('devices.empty_do')}</Empty>}
          </Card>
          <Card title={t('devices.guide')} id="dv-guide"><div className="in"><InstallGuide /></div></Card>
        </div>
        <div className="k-col"><PolicyCard /><ServerCard /></div>
      </div>
      {asking === 'issue' && <IssueDevice onClose={close} />}
      {typeof asking === 'object' && <RevokeDevice device={asking} onClose={close} />}
    </Page>
  )
}
