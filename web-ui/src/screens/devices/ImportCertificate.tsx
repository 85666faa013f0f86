import { useState } from 'react'
import { importServerCertificate, type CertificateInput } from '../../api/devices'
import { faultsOf } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FileDrop, FormControl, Input } from '../../ui'
import { useServerStep } from './ServerDialogs'

const isPacked = (name: string) => /\.(p12|pfx)$/i.test(name)
const base64url = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** The files as the daemon wants them: PEM texts together, or one PKCS#12. */
async function read(files: File[]): Promise<CertificateInput> {
  const packed = files.find((file) => isPacked(file.name))
  if (packed) return { pkcs12: base64url(new Uint8Array(await packed.arrayBuffer())) }
  return { chain: (await Promise.all(files.map((file) => file.text()))).join('\n') }
}

export function ImportCertificate({ waiting, onClose }: { waiting: boolean; onClose: () => void }) {
  const [files, setFiles] = useState<File[]>([])
  const [passphrase, setPassphrase] = useState('')
  const step = useServerStep(onClose)
  const send = async () => importServerCertificate({ ...(await read(files)), ...(passphrase && { passphrase }) })
  const faults = ['chain', 'pkcs12', 'key'].flatMap((field) => faultsOf(step.fault, field) ?? [])
  return (
    <ConfirmDialog open size="L" title={t('server.import')} action={t('server.import_action')} undo={t('server.import_undo')} busy={step.busy || files.length === 0}
      error={step.error && <>{step.error}{faults.map((text) => <div key={text}>{text}</div>)}</>} onClose={onClose} onDone={() => step.run(send, t('server.imported_now'))}>
      <p>{t(waiting ? 'server.import_answer' : 'server.import_body')}</p>
      <FileDrop accept=".pem,.crt,.cer,.key,.p12,.pfx" label={t('server.choose')} multiple onFiles={setFiles}>{t('server.import_files')}</FileDrop>
      {files.length > 0 && <ul className="happens">{files.map((file) => <li key={file.name}>{file.name}</li>)}</ul>}
      <FormControl label={t('server.passphrase')} helpMessage={t('server.passphrase_help')} errorMessages={faultsOf(step.fault, 'passphrase')}>
        <Input width="100%" type="password" autoComplete="off" value={passphrase} onChange={(e) => setPassphrase(e.target.value)} />
      </FormControl>
    </ConfirmDialog>
  )
}
