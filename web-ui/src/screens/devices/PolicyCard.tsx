import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { setDevicePolicy, useDevicePolicy, type DevicePolicy, type Need } from '../../api/devices'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Card, ConfirmDialog, Facts, RadioButton, Status, toast, type StatusKind } from '../../ui'

const classes = ['administrator', 'staff', 'client', 'employee'] as const
const needs = ['off', 'optional', 'required'] as const
const kinds: Record<Need, StatusKind> = { off: 'off', optional: 'doing', required: 'done' }

/** Whether a class of people needs a certificate. */
export function PolicyCard() {
  const { data: policy } = useDevicePolicy()
  const [editing, setEditing] = useState(false)
  return (
    <Card title={t('devices.policy')} id="dv-policy" actions={policy && <Button size="s" onClick={() => setEditing(true)}>{t('devices.policy_edit')}</Button>}>
      <div className="in k-col">
        {policy && <Facts rows={classes.map((one) => [t(`devices.class.${one}`), <Status key={one} kind={kinds[policy[one]]}>{t(`devices.need.${policy[one]}`)}</Status>])} />}
        <p className="k-sub">{t('devices.policy_body')}</p>
      </div>
      {editing && policy && <EditPolicy policy={policy} onClose={() => setEditing(false)} />}
    </Card>
  )
}

function EditPolicy({ policy, onClose }: { policy: DevicePolicy; onClose: () => void }) {
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(policy)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const stricter = classes.filter((one) => wanted[one] === 'required' && policy[one] !== 'required')
  const save = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await setDevicePolicy(wanted)
      toast('done', t('devices.policy_saved'))
      await queries.invalidateQueries({ queryKey: ['devices'] })
      await queries.invalidateQueries({ queryKey: ['own', 'devices'] })
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open size="L" weight={stricter.length > 0 ? 'checked' : 'plain'} title={t('devices.policy_title')} action={t('action.save')} undo={t('devices.policy_undo')} busy={busy}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void save()}>
      {classes.map((one) => (
        <fieldset key={one} className="pick need">
          <legend>{t(`devices.class.${one}`)}</legend>
          <div className="k-row wrap">
            {needs.map((need) => <RadioButton key={need} name={one} checked={wanted[one] === need} onChange={() => setWanted({ ...wanted, [one]: need })}>{t(`devices.need.${need}`)}</RadioButton>)}
          </div>
        </fieldset>
      ))}
      <ul className="happens"><li>{t('devices.need_help.off')}</li><li>{t('devices.need_help.optional')}</li><li>{t('devices.need_help.required')}</li></ul>
    </ConfirmDialog>
  )
}
