import { useEffect, useState, type ReactNode } from 'react'
import { FormControl, Input } from 'smarthr-ui'
import { t } from '../i18n'
import { eraYear, isIsoDate, parseDate, slashDate, type DateFault } from './wareki'

/** Why a date was not accepted: what happened and what to do. */
export function dateFaultText(fault: DateFault): string {
  return fault.why === 'era' ? t('date.era', { era: fault.era, last: fault.last }) : t(`date.${fault.why}`)
}

type Props = {
  label: ReactNode
  /** ISO date, or the text that could not be read as one */
  value: string
  /** gets the ISO date as soon as the text is one, else the text: nothing that was typed is lost */
  onChange: (value: string) => void
  onBlur?: () => void
  error?: ReactNode
  extra?: ReactNode
  width?: number | string
  disabled?: boolean
}

const shown = (value: string) => (isIsoDate(value) ? slashDate(value) : value)

/** One box for 令和7年4月1日, R7.4.1 and 20250401; shows 2025/04/01 with the era beside it. */
export function DateBox({ label, value, onChange, onBlur, error, extra, width = '100%', disabled }: Props) {
  const [text, setText] = useState(() => shown(value))
  const [left, setLeft] = useState(true)
  const parsed = parseDate(text)
  const iso = 'iso' in parsed ? parsed.iso : ''
  useEffect(() => {
    // the value was set from outside (another record, changes discarded)
    setText((now) => {
      const parsedNow = parseDate(now)
      const own = 'iso' in parsedNow ? parsedNow.iso : now
      return own === value ? now : shown(value)
    })
  }, [value])
  const fault = left && text && 'fault' in parsed ? dateFaultText(parsed.fault) : undefined
  return (
    <FormControl label={label} errorMessages={fault ?? error} supplementaryMessage={extra}>
      <Input
        width={width} value={text} disabled={disabled} autoComplete="off" suffix={<span className="k-era">{iso && eraYear(iso)}</span>}
        onChange={(e) => {
          const next = e.target.value
          const read = parseDate(next)
          setText(next)
          setLeft(false)
          onChange('iso' in read ? read.iso : next)
        }}
        onBlur={() => {
          setLeft(true)
          if (iso) setText(slashDate(iso))
          onBlur?.()
        }}
      />
    </FormControl>
  )
}
