import { useState } from 'react'
import { useFieldArray, useWatch } from 'react-hook-form'
import { itemName } from '../../forms/changes'
import { FieldBox } from '../../forms/FieldBox'
import { choiceText } from '../../forms/show'
import { useRecord } from '../../forms/useRecordForm'
import { blankItem, type Item } from '../../forms/values'
import { t } from '../../i18n'
import { Button, FaAngleDownIcon, FaAngleRightIcon, FaPlusIcon, FaTrashCanIcon, format, isIsoDate, Status } from '../../ui'

/** 家族: one line each; a line opens into its boxes. */
export function Relatives() {
  const { spec, form, readOnly, faults } = useRecord()
  const { path, fields } = spec.list!
  const { fields: items, append, remove } = useFieldArray({ control: form.control, name: path, keyName: 'key' })
  const [opened, setOpened] = useState<Set<string>>(new Set())
  const [fresh, setFresh] = useState(false) // the last one was just added
  const toggle = (key: string) => {
    const next = new Set(opened)
    if (!next.delete(key)) next.add(key)
    setOpened(next)
  }
  return (
    <section className="k-card" id="sec-relatives" aria-labelledby="h-relatives">
      <header><h2 id="h-relatives">{t('section.relatives')}</h2>{items.length > 0 && <span className="k-count">{t('common.unit.people', { n: items.length })}</span>}
        {!readOnly && <span className="k-row k-push"><Button size="s" className="k-bare" prefix={<FaPlusIcon />} onClick={() => { append(blankItem(spec), { shouldFocus: false }); setFresh(true) }}>{t('relatives.add')}</Button></span>}
      </header>
      {items.length === 0 && <p className="in k-sub">{t('relatives.none')}</p>}
      <ul className="relatives">
        {items.map((item, i) => {
          const faulty = faults.some((f) => f.field.startsWith(`${path}.${i}.`))
          const open = opened.has(item.key) || faulty || (fresh && i === items.length - 1)
          return (
            <li key={item.key}>
              <Line index={i} open={open} onToggle={() => { setFresh(false); toggle(item.key) }} onRemove={readOnly ? undefined : () => remove(i)} />
              {open && <div className="in boxes">{fields.filter((f) => !f.hidden).map((field) => <FieldBox key={field.name} field={field} path={`${path}.${i}.${field.name}`} />)}</div>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Line({ index, open, onToggle, onRemove }: { index: number; open: boolean; onToggle: () => void; onRemove?: () => void }) {
  const { form } = useRecord()
  const item = (useWatch({ control: form.control, name: `relatives.${index}` }) ?? {}) as Item
  const name = itemName(item)
  const birth = String(item.birth_date ?? '')
  return (
    <div className="relative">
      <button type="button" aria-expanded={open} onClick={onToggle}>
        {open ? <FaAngleDownIcon /> : <FaAngleRightIcon />}<span className="k-sub">{String(item.relation ?? '') || t('relatives.new')}</span><b>{name}</b>
        {isIsoDate(birth) && <span className="k-sub">{format.day(birth)}　{t('employees.age', { n: format.age(birth) })}</span>}
        {item.dependent !== 'none' && item.dependent && <Status kind="done">{choiceText('dependent_state', String(item.dependent))}</Status>}
      </button>
      {onRemove && <Button size="s" className="k-bare" prefix={<FaTrashCanIcon />} onClick={onRemove}>{t('relatives.remove')}</Button>}
    </div>
  )
}
