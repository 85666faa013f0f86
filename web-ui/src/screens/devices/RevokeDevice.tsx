import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { revokeDevice, type DeviceCertificate, type RevokeReason } from '../../api/devices'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, format, RadioButton, toast } from '../../ui'

const reasons = ['lost', 'replaced', 'retired', 'mistake'] as const satisfies RevokeReason[]

export function RevokeDevice({ device, onClose }: { device: DeviceCertificate; onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = useState<RevokeReason>('lost')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const revoke = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await revokeDevice(device.id, reason)
      toast('done', t('devices.revoked', { device: device.device }))
      await queries.invalidateQueries({ queryKey: ['devices'] })
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open weight="checked" title={t('devices.revoke_title')} action={t('devices.revoke')} undo={t('devices.revoke_undo')} busy={busy}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void revoke()}>
      <p>{t('devices.revoke_body', { name: format.name(device.account_name), device: device.device })}</p>
      <fieldset className="pick"><legend>{t('devices.why')}</legend>
        {reasons.map((one) => <RadioButton key={one} name="reason" checked={reason === one} onChange={() => setReason(one)}>{t(`devices.reason.${one}`)}</RadioButton>)}
      </fieldset>
    </ConfirmDialog>
  )
}
