import { memo, useCallback, useMemo, useRef, useState } from 'react'
import type { Door, ImportColumn, ImportField } from '../../api/imports'
import { t } from '../../i18n'
import { Card, Checkbox, Empty, Input, searchForm, Select, Status } from '../../ui'
import type { Mapping } from './mapping'

type Props = { kind: Door['kind']; columns: ImportColumn[]; fields: ImportField[]; mapping: Mapping; twice: ImportField[]; onChange: (mapping: Mapping) => void }
type Choice = { value: string; label: string }

/** One row for each column of the file, with samples and the field that takes it. */
export function MappingTable({ kind, columns, fields, mapping, twice, onChange }: Props) {
  const [text, setText] = useState('')
  const [only, setOnly] = useState<ReadonlySet<number>>() // fixed when chosen: a row does not vanish while it is being mapped
  const byName = useMemo(() => new Map(fields.map((f) => [f.field, f])), [fields])
  const options = useMemo(() => grouped(fields), [fields])
  const unmapped = columns.filter((c) => !mapping[c.index])
  const wanted = searchForm(text)
  const shown = columns.filter((c) =>
    (!only || only.has(c.index)) && (!wanted || searchForm(`${c.heading} ${byName.get(mapping[c.index])?.label ?? ''}`).includes(wanted)))
  const latest = useRef(mapping)
  latest.current = mapping
  const choose = useCallback((index: number, field: string) => onChange({ ...latest.current, [index]: field }), [onChange])
  return (
    <Card title={t('import.step.mapping')} id="im-map" count={t('import.mapping.summary', { all: columns.length, mapped: columns.length - unmapped.length })}
      actions={unmapped.length > 0 && <Status kind="off">{t('import.mapping.unmapped', { n: unmapped.length })}</Status>}>
      <div className="filters">
        <Input aria-label={t('import.mapping.find')} placeholder={t('import.mapping.find')} width="260px" value={text} onChange={(e) => setText(e.target.value)} />
        <Checkbox checked={only !== undefined} onChange={(e) => setOnly(e.target.checked ? new Set(unmapped.map((c) => c.index)) : undefined)}>{t('import.mapping.unmapped_only')}</Checkbox>
        <small className="k-push">{t('import.mapping.remembered')}</small>
      </div>
      <table className="k-table mapping">
        <thead><tr><th className="k-num">{t('import.mapping.column')}</th><th>{t('import.mapping.heading')}</th><th>{t('import.mapping.samples')}</th><th>{t('import.mapping.field')}</th></tr></thead>
        <tbody>
          {shown.map((c) => {
            const field = byName.get(mapping[c.index])
            const others = field?.joins ? columns.filter((o) => mapping[o.index] === field.field).length : 0
            return <Row key={c.index} kind={kind} column={c} field={field} options={options} joined={others} twice={field !== undefined && twice.includes(field)} onChoose={choose} />
          })}
        </tbody>
      </table>
      {shown.length === 0 && <Empty title={t('import.mapping.no_match')} />}
    </Card>
  )
}

function grouped(fields: ImportField[]) {
  const sections = new Map<string, Choice[]>()
  for (const f of fields) {
    const choice = { value: f.field, label: f.required ? t('import.mapping.required', { label: f.label }) : f.label }
    sections.set(f.section, [...(sections.get(f.section) ?? []), choice])
  }
  return [{ value: '', label: t('import.mapping.none') }, ...[...sections].map(([label, options]) => ({ label, options }))]
}

type RowProps = {
  kind: Door['kind']; column: ImportColumn; field?: ImportField; options: ReturnType<typeof grouped>; joined: number; twice: boolean
  onChoose: (index: number, field: string) => void
}

const Row = memo(function Row({ kind, column: c, field, options, joined, twice, onChoose }: RowProps) {
  // some hundred fields for each of some sixty columns: the list is made when somebody is about to open it
  const [all, setAll] = useState(false)
  const few = [{ value: field?.field ?? '', label: field?.label ?? t('import.mapping.none') }]
  const heading = c.heading || t('import.mapping.empty_heading')
  return (
    <tr className={field ? '' : 'unread'}>
      <td className="k-num k-sub">{c.index + 1}</td>
      <td className="k-strong">{heading}</td>
      <td className="samples"><span className="k-clip">{c.samples.length ? c.samples.map((s, i) => <span key={i}>{s}</span>) : <i>{t('import.mapping.no_samples')}</i>}</span></td>
      <td className="choice">
        <span className="k-row" onPointerEnter={() => setAll(true)}>
          <Select aria-label={t('import.mapping.field_of', { heading })} width="280px" error={twice} value={field?.field ?? ''} options={all ? options : few}
            onFocus={() => setAll(true)} onChangeValue={(value) => onChoose(c.index, value)} />
          {twice && <span className="k-fault">{t('import.mapping.twice_short')}</span>}
          {field?.key && <span title={t('import.mapping.key_note', { kind: t(`export.name.${kind}`) })}><Status kind="doing" pill>{t('import.mapping.key')}</Status></span>}
          {joined > 1 && <span className="k-sub">{t('import.mapping.joins', { n: joined })}</span>}
        </span>
      </td>
    </tr>
  )
})
