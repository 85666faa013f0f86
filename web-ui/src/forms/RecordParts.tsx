// The parts around the boxes: cards of sections, what is wrong, the unsaved bar, the question after a conflict.
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { problemText, fieldFaultText, Problem } from '../api/problem'
import { maybe, t } from '../i18n'
import { Button, DialogBand, FormDialog, LeaveGuard, Note, RadioButton, Status, UnsavedBar, useKey, type ClientMark } from '../ui'
import { FieldBox } from './FieldBox'
import { fullLabel } from './show'
import { pathOf, type Section } from './spec'
import { focusBox, RecordFormProvider, useChanges, type Conflict, type RecordForm } from './useRecordForm'
import './forms.css'

/** Enter goes to the next box and Shift+Enter back, as in the payroll programs people come from; never while an IME composes. */
function advance(e: KeyboardEvent<HTMLFormElement>) {
  if (e.key !== 'Enter' || e.nativeEvent.isComposing || e.ctrlKey || e.metaKey || e.altKey) return
  if (!(e.target instanceof HTMLInputElement || e.target instanceof HTMLSelectElement)) return
  e.preventDefault()
  const boxes = [...e.currentTarget.querySelectorAll<HTMLElement>('input, select, textarea')].filter((box) => !(box as HTMLInputElement).disabled && box.offsetParent)
  const next = boxes[boxes.indexOf(e.target) + (e.shiftKey ? -1 : 1)]
  next?.focus()
  if (next instanceof HTMLInputElement) next.select()
}

type Create = { action: string; onCancel: () => void }
type FrameProps = { record: RecordForm; client?: ClientMark; className?: string; create?: Create; children: ReactNode }
/** The form of a record with everything that belongs to saving it. */
export function RecordFrame({ record, client, className = 'rec', create, children }: FrameProps) {
  return (
    <RecordFormProvider value={record}>
      <form className={className} noValidate autoComplete="off" onSubmit={(e) => e.preventDefault()} onKeyDown={advance}>
        <Faults record={record} />
        {children}
      </form>
      <Unsaved record={record} create={create} />
      {record.conflict && <ConflictDialog conflict={record.conflict} client={client} busy={record.saving} />}
    </RecordFormProvider>
  )
}

function Unsaved({ record, create }: { record: RecordForm; create?: Create }) {
  const { changes } = useChanges(record)
  if (record.readOnly) return null
  const fault = faultShort(record)
  return (
    <>
      <LeaveGuard dirty={changes.length > 0} />
      {create ? <CreateBar record={record} fault={fault} {...create} /> : <UnsavedBar changes={changes} saving={record.saving} fault={fault} onDiscard={record.discard} onSave={record.submit} />}
    </>
  )
}

const faultShort = ({ faults, problem }: RecordForm) =>
  faults.length ? t('form.faults', { n: faults.length }) : problem === undefined ? undefined : t('form.not_saved')

/** Why nothing was saved, on top; each fault leads to its box. */
function Faults({ record }: { record: RecordForm }) {
  const { faults, problem, spec } = record
  if (!faults.length && problem === undefined) return null
  const own = problem !== undefined && !(problem instanceof Problem && problem.code === 'invalid_fields')
  return (
    <Note kind="alert" role="alert">
      <p className="k-strong">{own ? problemText(problem) : t('form.summary', { n: faults.length })}</p>
      {own && problem instanceof Problem && problem.requestId && <p className="k-xs">{t('error.request', { id: problem.requestId })}</p>}
      {faults.length > 0 && (
        <ul className="fault-list">
          {faults.map(({ field, message }) => (
            <li key={field + message}><button type="button" className="k-link" onClick={() => focusBox(field)}>{fullLabel(spec, field)}</button>　{fieldFaultText(message)}</li>
          ))}
        </ul>
      )}
    </Note>
  )
}

export const Boxes = ({ section }: { section: Section }) => (
  <div className="in boxes">{section.fields.filter((f) => !f.hidden && !f.apart).map((field) => <FieldBox key={field.name} field={field} path={pathOf(section, field)} />)}</div>
)

type CardProps = { section: Section; lead?: ReactNode; actions?: ReactNode; children?: ReactNode }
/** The card of a section. `lead` stands between head and boxes (適用日). */
export const SectionCard = ({ section, lead, actions, children }: CardProps) => (
  <section className="k-card" id={`sec-${section.id}`} aria-labelledby={`h-${section.id}`}>
    <header><h2 id={`h-${section.id}`}>{t(`section.${section.id}` as 'section.basic')}</h2>
      {maybe(`section.${section.id}.sub`) && <small>{maybe(`section.${section.id}.sub`)}</small>}
      {actions && <span className="k-row k-push">{actions}</span>}</header>
    {lead}
    {children ?? <Boxes section={section} />}
  </section>
)

/** For each box that both changed: theirs or mine. What only one side changed is kept from both. */
function ConflictDialog({ conflict, client, busy }: { conflict: Conflict; client?: ClientMark; busy: boolean }) {
  const [theirs, setTheirs] = useState<Set<string>>(new Set())
  const choose = (path: string, their: boolean) => {
    const next = new Set(theirs)
    if (their) next.add(path)
    else next.delete(path)
    setTheirs(next)
  }
  const { overlaps } = conflict
  return (
    <FormDialog isOpen title={t('conflict.title')} size="L" contentPadding={0} actionText={t('conflict.save')} actionDisabled={busy} decorators={{ closeButtonLabel: () => t('action.back') }}
      onSubmit={() => conflict.resolve(theirs)} onClickClose={conflict.close} onPressEscape={conflict.close}>
      {client && <DialogBand client={client} />}
      <div className="k-dlg-body">
        <p>{overlaps.length ? t('conflict.body') : t('conflict.same')}</p>
        {overlaps.length > 0 && (
          <table className="k-table conflict">
            <thead><tr><th>{t('conflict.field')}</th><th>{t('conflict.theirs')}</th><th>{t('conflict.mine')}</th></tr></thead>
            <tbody>
              {overlaps.map(({ path, label, theirs: their, mine }) => (
                <tr key={path}><th scope="row">{label}</th>
                  <td><RadioButton name={path} checked={theirs.has(path)} onChange={() => choose(path, true)}>{their || t('unsaved.empty')}</RadioButton></td>
                  <td><RadioButton name={path} checked={!theirs.has(path)} onChange={() => choose(path, false)}>{mine || t('unsaved.empty')}</RadioButton></td></tr>
              ))}
            </tbody>
          </table>
        )}
        <Note>{t('conflict.undo')}</Note>
      </div>
    </FormDialog>
  )
}

/** A new record has nothing to compare with: the bar is always there. */
function CreateBar({ record, fault, action, onCancel }: Create & { record: RecordForm; fault?: string }) {
  useKey('ctrl+Enter', record.submit)
  return (
    <div className="unsaved plain" role="region" aria-label={action}>
      {fault && <Status kind="alert">{fault}</Status>}
      <Button className="k-push" onClick={onCancel} disabled={record.saving}>{t('action.cancel')}</Button>
      <Button variant="primary" onClick={record.submit} loading={record.saving}>{action}</Button><span className="k-kbd">Ctrl Enter</span>
    </div>
  )
}
