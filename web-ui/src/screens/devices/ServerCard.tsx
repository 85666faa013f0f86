import { useState } from 'react'
import { useServerCertificate } from '../../api/devices'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Card, Facts, format, Note, Status } from '../../ui'
import { saveFile } from '../../api/client'
import { ImportCertificate } from './ImportCertificate'
import { RenewCertificate, RequestCertificate } from './ServerDialogs'
import { daysLeft } from './words'

/** What this server shows to browsers, and how it gets another. */
export function ServerCard() {
  const { data, error } = useServerCertificate()
  const [asking, setAsking] = useState<'renew' | 'request' | 'import'>()
  const close = () => setAsking(undefined)
  const left = data ? daysLeft(data.expires_at) : 0
  const kind = left === 0 ? 'alert' : left <= 60 ? 'soon' : 'done'
  return (
    <Card title={t('server.title')} id="dv-server" actions={data && <Status kind={kind} pill>{left === 0 ? t('devices.state.expired') : t('devices.left', { n: left })}</Status>}>
      <div className="in k-col">
        {error && <Note kind="alert">{problemText(error)}</Note>}
        {data && (
          <>
            {data.names_missing.length > 0 && <Note kind="soon">{t('server.names_missing', { names: data.names_missing.join('、') })}</Note>}
            {!data.chain_complete && <Note kind="soon">{t('server.chain_incomplete')}</Note>}
            <Facts slim rows={[
              [t('server.kind'), t(data.self_made ? 'server.self_made' : 'server.imported')],
              [t('server.until'), format.day(data.expires_at)],
              [t('server.names'), <span key="n" className="names">{data.names.join('、')}</span>],
              [t('server.issuer'), <span key="i" className="names">{data.issuer}</span>],
              [t('server.key'), data.key],
              [t('server.fingerprint'), <span key="f" className="k-mono print">{data.fingerprint}</span>],
            ]} />
            {data.request && (
              <Note>
                <b>{t('server.waiting')}</b>　{t('server.waiting_body', { day: format.day(data.request.created_at), names: data.request.names.join('、') })}
                <div><Button size="s" onClick={() => saveFile(new Blob([data.request?.pem ?? ''], { type: 'application/pkcs10' }), 'kuramori.csr')}>{t('server.save_csr')}</Button></div>
              </Note>
            )}
            <div className="k-row wrap">
              <Button onClick={() => setAsking('renew')}>{t(data.self_made ? 'server.renew' : 'server.back')}</Button>
              <Button onClick={() => setAsking('request')}>{t('server.request')}</Button>
              <Button onClick={() => setAsking('import')}>{t('server.import')}</Button>
            </div>
          </>
        )}
      </div>
      {asking === 'renew' && data && <RenewCertificate selfMade={data.self_made} onClose={close} />}
      {asking === 'request' && data && <RequestCertificate names={data.names_served} onClose={close} />}
      {asking === 'import' && data && <ImportCertificate waiting={Boolean(data.request)} onClose={close} />}
    </Card>
  )
}
