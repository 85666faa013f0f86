import { useState } from 'react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { employeeChanged, removeVersion, type Employee } from '../../api/employees'
import { problemText } from '../../api/problem'
import type { RecordSpec } from '../../forms/spec'
import { t } from '../../i18n'
import { Card, ConfirmDialog, eraYear, format, Status, toast, type ClientMark } from '../../ui'
import { timeline, type DatedSection, type Entry } from './versions'
import { nameOf } from './words'

const shownMost = 2
const sectionName = ({ section }: Entry) => t(`section.${section}` as 'section.basic')
function lines({ section, first, changes }: Entry): string[] {
  const name = t(`section.${section}` as 'section.basic')
  if (first) return [t('versions.first', { section: name })]
  if (changes.length === 0) return [t('versions.same', { section: name })]
  const text = changes.slice(0, shownMost).map((c) => t('versions.change', { field: c.label, from: c.from || t('unsaved.empty'), to: c.to || t('unsaved.empty') }))
  return changes.length > shownMost ? [...text, t('versions.more', { n: changes.length - shownMost })] : text
}

/** 適用日の履歴: what applies from when, the future on top; each day can be looked at. */
type Props = { clientId: number; client: ClientMark; employee: Employee; spec: RecordSpec; readOnly: boolean }
export function VersionsCard({ clientId, client, employee, spec, readOnly }: Props) {
  const [removing, setRemoving] = useState<Entry>()
  const entries = timeline(spec, employee.versions, format.today())
  const days = [...new Set(entries.map((e) => e.day))]
  const params = { clientId: String(clientId), employeeId: String(employee.id) }
  // A person always has a name; of the other sections even the only version may go.
  const removable = ({ section }: Entry) => section !== 'name' || employee.versions.names.length > 1
  return (
    <Card title={t('versions.title')} id="h-versions" count={t('versions.count')}>
      <ol className="hist">
        {days.map((day) => {
          const here = entries.filter((e) => e.day === day)
          const future = here.some((e) => e.when === 'future')
          const now = here.some((e) => e.when === 'now')
          return (
            <li key={day} className={future && !now ? 'future' : now ? 'now' : undefined}>
              <div className="k-row base"><b>{format.day(day)}</b><span className="k-xs">{eraYear(day)}</span>
                {future && !now ? <Status kind="doing" pill>{t('versions.future')}</Status> : now && <Status kind="done" pill>{t('versions.now')}</Status>}</div>
              {here.flatMap(lines).map((line, i) => <p key={i}>{line}</p>)}
              <div className="k-row">
                <Link className="k-xs" to="/clients/$clientId/employees/$employeeId" params={params} search={{ as_of: day }}>{t('versions.show')}</Link>
                {!readOnly && here.filter(removable).map((entry) => (
                  <button key={entry.section} className="k-link remove" onClick={() => setRemoving(entry)}>{t('dated.remove_section', { section: sectionName(entry) })}</button>
                ))}
              </div>
            </li>
          )
        })}
      </ol>
      {removing && <RemoveVersion clientId={clientId} client={client} employee={employee} entry={removing} onClose={() => setRemoving(undefined)} />}
    </Card>
  )
}

type RemoveProps = { clientId: number; client: ClientMark; employee: Employee; entry: Entry; onClose: () => void }
/** For a 適用日 that was mistyped. */
function RemoveVersion({ clientId, client, employee, entry, onClose }: RemoveProps) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const day = format.day(entry.day)
  const act = async () => {
    setBusy(true)
    try {
      await removeVersion(clientId, employee, { section: entry.section as DatedSection, valid_from: entry.day })
      toast('done', t('dated.removed', { day }))
      onClose()
      void navigate({ to: '/clients/$clientId/employees/$employeeId', params: { clientId: String(clientId), employeeId: String(employee.id) }, search: {} })
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
    await employeeChanged(queries, clientId, employee.id)
  }
  return (
    <ConfirmDialog open client={client} weight="checked" title={t('dated.remove_title')} action={t('dated.remove')} undo={t('dated.remove_undo')} busy={busy}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void act()}>
      <p>{t('dated.remove_body', { name: nameOf(employee.ledger), section: sectionName(entry), day })}</p>
      <ul className="k-sub">{lines(entry).map((line, i) => <li key={i}>{line}</li>)}</ul>
    </ConfirmDialog>
  )
}
