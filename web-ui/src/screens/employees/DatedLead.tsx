import { useController, useWatch } from 'react-hook-form'
import type { DatedVersions } from '../../api/employees'
import { fieldFaultText } from '../../api/problem'
import type { Section } from '../../forms/spec'
import { useRecord } from '../../forms/useRecordForm'
import { get, isIsoDate, type Value } from '../../forms/values'
import { t } from '../../i18n'
import { DateBox, format, Status } from '../../ui'
import { effectOf, inForce, versionsOf, type Effect } from './versions'

const words = (effect: Effect, changed: boolean): string => {
  if (effect.does === 'first') return t('dated.first')
  const day = format.day(effect.day)
  if (effect.does === 'first_day') return t('dated.first_day', { day })
  if (effect.does === 'correct') return t(changed ? 'dated.correct_warn' : 'dated.correct', { day })
  if (effect.does === 'other') return t('dated.other', { day })
  return effect.next ? t('dated.add_between', { day, next: format.day(effect.next) }) : t('dated.add', { day, before: format.day(effect.before ?? '') })
}

/** 適用日 of a section: the same day corrects the version on the screen, another one adds a version. It says which, before anything is saved. */
export function DatedLead({ section, versions: all }: { section: Section; versions?: DatedVersions }) {
  const { form, base, readOnly } = useRecord()
  const path = `${section.path}.valid_from`
  const { field, fieldState } = useController({ control: form.control, name: path })
  const boxes = useWatch({ control: form.control, name: section.path }) as Record<string, Value> | undefined
  const versions = all ? versionsOf(all, section.id) : []
  const typed = String(field.value ?? '')
  const shown = String(get(base, path) ?? '')
  const before = get(base, section.path) as Record<string, Value>
  const changed = section.fields.some((f) => !f.apart && boxes?.[f.name] !== before[f.name])
  const effect = typed === '' || isIsoDate(typed) ? effectOf(versions, shown, typed) : undefined
  const text = effect && (changed || typed !== shown || versions.length === 0) ? words(effect, changed) : ''
  const loud = effect?.does === 'correct' || effect?.does === 'other'
  const today = format.today()
  const now = inForce(versions, today)
  return (
    <div className="dated">
      <div data-path={path}><DateBox label={t('field.valid_from')} value={typed} width={168} disabled={readOnly} onChange={field.onChange} onBlur={field.onBlur}
        error={fieldState.error?.message && fieldFaultText(fieldState.error.message)} /></div>
      <p aria-live="polite">
        {text ? <span className={loud && changed ? 'k-soon' : 'k-sub'}>{text}</span>
          : now === undefined ? null : now > today ? <Status kind="doing">{t('dated.to_come', { day: format.day(now) })}</Status> : <Status kind="done">{t('dated.in_force', { day: format.day(now) })}</Status>}
      </p>
    </div>
  )
}
