import type { ReactNode, Ref } from 'react'
import { t } from '../../i18n'
import { FormControl, Input, toAsciiNumber } from '../../ui'

export const codeDigits = 6
/** The digits of what was typed or pasted: "123 456" and full-width ones too. */
export const digitsOf = (text: string) => toAsciiNumber(text).replace(/\D/g, '')

type Props = {
  value: string; faults?: ReactNode; busy: boolean; focus?: boolean; help?: ReactNode; ref?: Ref<HTMLInputElement>
  onChange: (text: string) => void
  /** as soon as all digits are there: nobody needs to press a button */
  onFull: (digits: string) => void
}

/** 認証コード: six digits from an authenticator app. */
export function CodeBox({ value, faults, busy, focus, help, ref, onChange, onFull }: Props) {
  const take = (text: string) => {
    const digits = digitsOf(text)
    if (digits.length === codeDigits && !busy) onFull(digits)
  }
  return (
    <FormControl label={t('code.label')} helpMessage={help} errorMessages={faults}>
      <Input
        ref={ref} className="code-box" name="code" inputMode="numeric" autoComplete="one-time-code" autoFocus={focus} spellCheck={false}
        value={value} readOnly={busy}
        onChange={(e) => {
          onChange(e.target.value)
          if (!(e.nativeEvent as InputEvent).isComposing) take(e.target.value) // an IME hands over full-width digits at its end
        }}
        onCompositionEnd={(e) => take(e.currentTarget.value)}
      />
    </FormControl>
  )
}
