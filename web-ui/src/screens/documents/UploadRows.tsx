import { fieldFaultText, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, format, Progress, Status } from '../../ui'
import { forget, retry, stop, useUploads, type Place, type Upload } from './uploads'

/** What is on its way, and what was refused and why. */
export function UploadRows(place: Place) {
  const uploads = useUploads(place)
  if (uploads.length === 0) return null
  return (
    <ul className="uploads" aria-label={t('files.uploads')}>
      {uploads.map((u) => <li key={u.id}><b className="k-clip" title={u.file.name}>{u.file.name}</b><State upload={u} /></li>)}
    </ul>
  )
}

/** Whether the same file may go through another time: the way or the server failed, not the file. */
const again = ({ fault }: Upload) => fault?.status === 0 || (fault?.status ?? 0) >= 500

function State({ upload: u }: { upload: Upload }) {
  const name = u.file.name
  if (u.state === 'failed') {
    const reason = u.fault?.fields[0] ? fieldFaultText(u.fault.fields[0].message) : problemText(u.fault)
    return (
      <>
        <span className="k-fault" role="alert">{reason}</span>
        {again(u) && <Button size="s" onClick={() => retry(u.id)}>{t('files.retry')}</Button>}
        <Button size="s" className="k-bare" onClick={() => forget(u.id)}>{t('files.forget')}</Button>
      </>
    )
  }
  const all = u.sent >= u.file.size
  return (
    <>
      {u.state === 'waiting' ? <Status kind="wait">{t('files.waiting')}</Status> : (
        <span className="k-row"><Progress label={t('files.uploading', { name })} done={u.sent} total={u.file.size} />
          <span className="k-sub">{all ? t('files.sealing') : t('files.sent', { sent: format.bytes(u.sent), total: format.bytes(u.file.size) })}</span></span>
      )}
      <Button size="s" aria-label={t('files.stop_one', { name })} onClick={() => stop(u.id)}>{t('files.stop')}</Button>
    </>
  )
}
