import { useId, useState } from 'react'
import { useController } from 'react-hook-form'
import { fieldFaultText } from '../api/problem'
import { maybe, t } from '../i18n'
import { Checkbox, DateBox, FormControl, Input, Select, Textarea } from '../ui'
import { choiceText, labelOf, shown } from './show'
import type { Field } from './spec'
import { useRecord } from './useRecordForm'
import { faultOf, get, tidyBox, valueOf, type Value } from './values'

const numeric = new Set(['yen', 'whole', 'code', 'minutes'])
const separated = (box: string) => (/^\d{4,12}$/.test(box) ? Number(box).toLocaleString('ja-JP') : box)

/** "変更前 …" under a changed box. */
function Was({ field, path, now }: { field: Field; path: string; now: Value }) {
  const { base, fresh } = useRecord()
  const before = get(base, path) as Value | undefined
  if (fresh || before === undefined || before === now || (valueOf(field, before) ?? '') === (valueOf(field, now) ?? '')) return null
  return <span className="was">{t('unsaved.before', { value: shown(field, valueOf(field, before)) || t('unsaved.empty') })}</span>
}

export const Label = ({ text, must }: { text: string; must?: boolean }) => <>{text}{must && <i className="must">{t('common.required')}</i>}</>

type Props = { field: Field; path: string }
/** One box of a record, of the kind that its field says, with its fault and its former value below. */
export function FieldBox({ field, path }: Props) {
  const record = useRecord()
  const { spec, form, readOnly } = record
  const { field: box, fieldState } = useController({ control: form.control, name: path, rules: { validate: (value: Value) => faultOf(field, value) ?? true } })
  const value = (box.value ?? '') as Value
  const text = String(value)
  const id = useId()
  const [typing, setTyping] = useState(false)
  const label = labelOf(spec, path)
  const error = fieldState.error?.message ? fieldFaultText(fieldState.error.message) : undefined
  const shared = {
    label: <Label text={label} must={field.required} />, errorMessages: error, supplementaryMessage: <Was field={field} path={path} now={value} />,
    helpMessage: maybe(`help.${spec.prefix ? `${spec.prefix}.` : ''}${path.replace(/\.\d+\./, '.')}`) ?? undefined,
  }
  const leave = () => {
    setTyping(false)
    const tidied = tidyBox(field, text)
    if (tidied !== text) box.onChange(tidied)
    box.onBlur()
  }
  const wrap = (children: React.ReactNode) => <div data-path={path} data-span={field.span} className={field.low ? 'low' : undefined}>{children}</div>
  if (field.kind === 'flag') {
    return wrap(
      <div className="tick"><Checkbox checked={value === true} disabled={readOnly} onChange={(e) => box.onChange(e.target.checked)} onBlur={box.onBlur}>{label}</Checkbox>
        <Was field={field} path={path} now={value} /></div>)
  }
  if (field.kind === 'date') {
    return wrap(<DateBox label={shared.label} value={text} error={error === fieldFaultText('unreadable_date') ? undefined : error} extra={shared.supplementaryMessage}
      disabled={readOnly} onChange={box.onChange} onBlur={box.onBlur} />)
  }
  if (field.kind === 'choice') {
    const blank = !field.required || text === '' ? [{ value: '', label: t(field.required ? 'form.choose' : 'common.not_set') }] : []
    const options = (field.values ?? []).map((v) => ({ value: v, label: field.words?.[v] ?? choiceText(field.of ?? '', v) }))
    return wrap(<FormControl {...shared}><Select width="100%" name={path} value={text} disabled={readOnly} options={[...blank, ...options]} onChangeValue={box.onChange} onBlur={box.onBlur} /></FormControl>)
  }
  if (field.kind === 'long') {
    return wrap(<FormControl {...shared}><Textarea width="100%" rows={3} value={text} readOnly={readOnly} onChange={(e) => box.onChange(e.target.value)} onBlur={box.onBlur} /></FormControl>)
  }
  const unit = field.unit ? maybe(`unit.${field.unit}`) : field.kind === 'yen' ? t('unit.yen') : undefined
  return wrap(
    <FormControl {...shared}>
      <Input width="100%" value={field.kind === 'yen' && !typing ? separated(text) : text} readOnly={readOnly} autoComplete="off" spellCheck={false} suffix={unit && <span className="k-era">{unit}</span>}
        inputMode={numeric.has(field.kind) && !field.fault?.includes('symbol') ? 'numeric' : undefined} list={field.suggest?.length ? id : undefined}
        onChange={(e) => { setTyping(true); box.onChange(e.target.value) }} onBlur={leave} />
      {field.suggest && field.suggest.length > 0 ? <datalist id={id}>{field.suggest.map((word) => <option key={word} value={word} />)}</datalist> : null}
    </FormControl>)
}
