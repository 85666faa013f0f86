import { useEffect, useState } from 'react'
import { changedSections } from '../../forms/changes'
import { fieldAt } from '../../forms/spec'
import { useChanges, type RecordForm } from '../../forms/useRecordForm'
import { t } from '../../i18n'

/** The form's table of contents: where one is, where something was changed, where something is wrong. */
export function SectionNav({ record }: { record: RecordForm }) {
  const { spec, base, faults } = record
  const { values } = useChanges(record)
  const ids = [...spec.sections.map((s) => s.id), 'relatives']
  const [here, setHere] = useState(ids[0])
  const changed = changedSections(spec, base, values)
  const faulty = new Set(faults.map(({ field }) => fieldAt(spec, field)?.section))
  const all = ids.join()
  useEffect(() => {
    const seen = new Map<string, number>()
    const watch = new IntersectionObserver((entries) => {
      for (const e of entries) seen.set(e.target.id.slice(4), e.isIntersecting ? e.intersectionRect.height : 0)
      const first = all.split(',').find((id) => (seen.get(id) ?? 0) > 40)
      if (first) setHere(first)
    }, { rootMargin: '-150px 0px -30% 0px', threshold: [0, 0.1, 0.5, 1] })
    for (const id of all.split(',')) {
      const card = document.getElementById(`sec-${id}`)
      if (card) watch.observe(card)
    }
    return () => watch.disconnect()
  }, [all])
  const go = (id: string) => {
    const card = document.getElementById(`sec-${id}`)
    card?.scrollIntoView({ block: 'start' })
    card?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true })
    setHere(id)
  }
  return (
    <nav className="emp-nav" aria-label={t('employee.sections')}>
      {ids.map((id) => (
        <button key={id} type="button" aria-current={id === here ? 'true' : undefined} onClick={() => go(id)}>
          {t(`section.${id}` as 'section.basic')}
          {faulty.has(id) ? <i className="bad"><span className="k-sr">{t('employee.section_fault')}</span></i> : changed.has(id) && <i><span className="k-sr">{t('employee.section_changed')}</span></i>}
        </button>
      ))}
    </nav>
  )
}
