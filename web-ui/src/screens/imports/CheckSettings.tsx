import type { Door } from '../../api/imports'
import { t } from '../../i18n'
import { DateBox, RadioButton } from '../../ui'
import type { Draft } from './mapping'

type Props = { kind: Door['kind']; draft: Draft; onChange: (to: Partial<Draft>) => void }

/** What an empty cell does, and from which day changes of dated sections count. */
export function CheckSettings({ kind, draft, onChange }: Props) {
  return (
    <div className="k-card"><div className="in import-settings">
      <fieldset className="pick">
        <legend>{t('import.blank.title')}</legend>
        {(['keep', 'clear'] as const).map((blank) => (
          <RadioButton key={blank} name="blank" checked={draft.blank === blank} onChange={() => onChange({ blank })}>
            {t(`import.blank.${blank}`)}<span className="k-sub">{t(`import.blank.${blank}_help`)}</span>
          </RadioButton>
        ))}
      </fieldset>
      {kind === 'employees' && (
        <fieldset className="pick">
          <legend>{t('import.from.title')}</legend>
          {(['correct', 'version'] as const).map((from) => (
            <RadioButton key={from} name="from" checked={draft.from === from} onChange={() => onChange({ from })}>
              {t(`import.from.${from}`)}<span className="k-sub">{t(`import.from.${from}_help`)}</span>
            </RadioButton>
          ))}
          {draft.from === 'version' && <DateBox label={t('import.from.day')} width="240px" value={draft.day} onChange={(day) => onChange({ day })} />}
        </fieldset>
      )}
    </div></div>
  )
}
