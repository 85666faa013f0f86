import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useAccounts } from '../../api/accounts'
import { downloadDevice, issueDevice, type IssuedDevice } from '../../api/devices'
import { faultsOf, problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Facts, FaFileArrowDownIcon, FormControl, format, Input, Note, Select, toast } from '../../ui'

/** Who and which device; then the file and the passphrase, both once. */
export function IssueDevice({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const picks = useMay()('account.view')
  const { data: lines = [] } = useAccounts(picks)
  const [loginId, setLoginId] = useState('')
  const [device, setDevice] = useState('')
  const [issued, setIssued] = useState<IssuedDevice>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const people = lines.filter(({ account }) => account.state !== 'disabled')
  const issue = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      setIssued(await issueDevice(loginId, device.trim()))
      await queries.invalidateQueries({ queryKey: ['devices'] })
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  if (issued) return <Handover issued={issued} onClose={onClose} />
  return (
    <ConfirmDialog open title={t('devices.issue_title')} action={t('devices.issue_action')} undo={t('devices.issue_undo')} busy={busy || !loginId || !device.trim()}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void issue()}>
      <FormControl label={t(picks ? 'devices.col.person' : 'sign_in.login_id')} errorMessages={faultsOf(fault, 'login_id')}>
        {picks ? <Select width="100%" value={loginId} onChange={(e) => setLoginId(e.target.value)}
          options={[{ label: t('devices.choose'), value: '' }, ...people.map(({ account }) => ({ label: `${format.name(account.name)}（${account.login_id}）`, value: account.login_id }))]} />
          : <Input width="100%" autoComplete="off" autoCapitalize="none" spellCheck={false} value={loginId} onChange={(e) => setLoginId(e.target.value.trim())} />}
      </FormControl>
      <FormControl label={t('devices.col.device')} helpMessage={t('devices.device_help')} errorMessages={faultsOf(fault, 'device')}>
        <Input width="100%" maxLength={60} autoComplete="off" value={device} onChange={(e) => setDevice(e.target.value)} />
      </FormControl>
    </ConfirmDialog>
  )
}

function Handover({ issued, onClose }: { issued: IssuedDevice; onClose: () => void }) {
  const [fetched, setFetched] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const { certificate } = issued
  const fetchFile = async () => {
    setFault(undefined)
    try {
      await downloadDevice(issued)
      setFetched(true)
    } catch (problem) {
      setFault(problem)
    }
  }
  return (
    <ConfirmDialog open size="L" title={t('devices.hand_title')} action={t('devices.hand_close')} undo={t('devices.hand_once')} busy={!fetched}
      error={fault === undefined ? undefined : t('devices.hand_lost')} onClose={onClose} onDone={onClose}>
      <p>{t('devices.hand_body', { name: format.name(certificate.account_name), device: certificate.device })}</p>
      <Facts rows={[
        [t('devices.file'), <span key="f" className="k-row wrap">
          <Button prefix={<FaFileArrowDownIcon />} disabled={fetched} onClick={() => void fetchFile()}>{t('devices.fetch')}</Button>
          <span className="k-sub">{fetched ? t('devices.fetched') : t('devices.fetch_until', { at: format.clock(issued.download_until) })}</span></span>],
        [t('devices.passphrase'), <span key="p" className="k-row wrap"><b className="passphrase">{issued.passphrase}</b>
          <Button size="s" onClick={() => void navigator.clipboard.writeText(issued.passphrase).then(() => toast('done', t('action.copied')))}>{t('action.copy')}</Button></span>],
      ]} />
      <Note kind="soon">{t('devices.hand_apart')}</Note>
    </ConfirmDialog>
  )
}
