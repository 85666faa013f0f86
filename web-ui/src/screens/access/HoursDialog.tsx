import { useState } from 'react'
import { useAct } from '../../api/act'
import { setHours, type HoursMode, type HoursOfClass, type Window } from '../../api/access'
import { Problem, fieldFaultText, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Checkbox, ConfirmDialog, FaPlusIcon, FaTrashCanIcon, Input, RadioButton, toast } from '../../ui'
import { week } from './words'

const modes: HoursMode[] = ['off', 'refuse', 'flag']
const usual: Window = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:00', to: '22:00' }

type RowProps = { window: Window; n: number; faults: string[]; onChange: (next: Window) => void; onRemove?: () => void }
function WindowRow({ window, n, faults, onChange, onRemove }: RowProps) {
  return (
    <div className="window-row">
      <fieldset className="days"><legend className="k-sr">{t('access.days_of', { n })}</legend>
        {week.map((day) => (
          <Checkbox key={day} checked={window.days.includes(day)}
            onChange={(e) => onChange({ ...window, days: week.filter((d) => (d === day ? e.target.checked : window.days.includes(d))) })}>{t(`access.day.${day}`)}</Checkbox>
        ))}
      </fieldset>
      <span className="k-row">
        <Input aria-label={t('access.from_of', { n })} value={window.from} inputMode="numeric" placeholder="07:00" onChange={(e) => onChange({ ...window, from: e.target.value.normalize('NFKC').trim() })} />
        {t('access.until')}
        <Input aria-label={t('access.to_of', { n })} value={window.to} inputMode="numeric" placeholder="22:00" onChange={(e) => onChange({ ...window, to: e.target.value.normalize('NFKC').trim() })} />
      </span>
      {onRemove && <Button size="s" className="k-bare k-push" onClick={onRemove}><FaTrashCanIcon alt={t('access.remove_window', { n })} /></Button>}
      {faults.map((text) => <p key={text} className="k-fault" role="alert">{text}</p>)}
    </div>
  )
}

export function HoursDialog({ hours, onClose }: { hours: HoursOfClass; onClose: () => void }) {
  const [mode, setMode] = useState(hours.mode)
  const [windows, setWindows] = useState(hours.windows.length > 0 ? hours.windows : [usual])
  const { act, busy, fault, forget } = useAct(['access'], onClose)
  const [force, setForce] = useState(false)
  const who = t(`access.class.${hours.account_class}`)
  const fields = fault instanceof Problem ? fault.fields : []
  const locksOut = fault instanceof Problem && fault.code === 'would_lock_out'
  const faultsAt = (i: number) => fields.filter((f) => f.field.startsWith(`windows.${i}.`)).map((f) => fieldFaultText(f.message))
  const change = (nextMode: HoursMode, next: Window[]) => { // what was refused is something else now
    setMode(nextMode)
    setWindows(next)
    forget()
    setForce(false)
  }
  const save = () => act(async () => {
    await setHours(hours.account_class, mode, mode === 'off' ? [] : windows, hours.version, force)
    toast('done', t('access.saved'))
  })
  return (
    <ConfirmDialog open size="L" title={t('access.hours_title', { who })} action={t('action.save')} undo={t('access.hours_undo')} busy={busy || (locksOut && !force)}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={save}>
      <fieldset className="modes"><legend>{t('access.col.outside')}</legend>
        {modes.map((m) => (
          <div key={m}><RadioButton name="mode" checked={mode === m} onChange={() => change(m, windows)}>{t(`access.mode.${m}`)}</RadioButton><small>{t(`access.mode.${m}.help`)}</small></div>
        ))}
      </fieldset>
      {mode !== 'off' && (
        <div>
          <p className="k-sub">{t('access.windows_help')}</p>
          {windows.map((w, i) => (
            <WindowRow key={i} window={w} n={i + 1} faults={faultsAt(i)} onChange={(next) => change(mode, windows.map((old, j) => (i === j ? next : old)))}
              onRemove={windows.length > 1 ? () => change(mode, windows.filter((_, j) => i !== j)) : undefined} />
          ))}
          <Button size="s" prefix={<FaPlusIcon />} onClick={() => change(mode, [...windows, { ...usual, days: ['sat'] }])}>{t('access.add_window')}</Button>
        </div>
      )}
      {locksOut && <Checkbox checked={force} onChange={(e) => setForce(e.target.checked)}>{t('access.force_hours')}</Checkbox>}
    </ConfirmDialog>
  )
}
