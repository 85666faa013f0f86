import { useEffect, useRef, type ReactNode } from 'react'
import { useImport, type Door, type Import } from '../../api/imports'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { Button, Note, Page, Stepper } from '../../ui'
import { PastImports } from './PastImports'
import { StepCheck } from './StepCheck'
import { StepCommit } from './StepCommit'
import { ReadFile, StepFile } from './StepFile'
import { StepMapping } from './StepMapping'
import { stepOf, steps, type Go, type Place } from './steps'
import './imports.css'

type Props = { door: Door; place: Place; go: Go; toList: () => void }

/** CSV in, in four steps. Each is a view of one import on the server: the URL says which. */
export function ImportWizard(props: Props) {
  if (props.place.import !== undefined) return <Opened key={props.place.import} {...props} id={props.place.import} />
  return (
    <Frame {...props}>
      <StepFile door={props.door} go={props.go} />
      <PastImports door={props.door} go={props.go} />
    </Frame>
  )
}

function Opened(props: Props & { id: number }) {
  const { door, place, go } = props
  const { data, error, running, job } = useImport(door, props.id)
  if (error) return <Frame {...props}><Note kind="alert" role="alert">{problemText(error)}</Note><PastImports door={door} go={go} /></Frame>
  if (!data) return <Frame {...props}>{null}</Frame>
  const step = stepOf(data, place.step)
  const shared = { door, record: data, go }
  return (
    <Frame {...props} record={data}>
      {step === 'file' && <ReadFile {...shared} />}
      {step === 'mapping' && <StepMapping {...shared} />}
      {step === 'check' && <StepCheck {...shared} place={place} running={running} job={job} />}
      {step === 'commit' && <StepCommit {...shared} running={running} job={job} toList={props.toList} />}
    </Frame>
  )
}

function Frame({ door, place, go, toList, record, children }: Props & { record?: Import; children: ReactNode }) {
  const step = stepOf(record, place.step)
  const at = steps.indexOf(step)
  useStart(`${record?.id ?? ''}${step}`)
  const over = record?.state === 'committed' || record?.state === 'undone'
  return (
    <Page title={t(`import.${door.kind}.title`)} help="imports" sub={record && <ReadFacts record={record} onChange={step === 'check' ? () => go({ import: record.id, step: 'mapping' }) : undefined} />}
      actions={<Button className="k-bare" onClick={toList}>{t('import.leave')}</Button>}>
      <div className="k-card steps">
        <Stepper type="horizontal" activeIndex={at} aria-label={t('import.steps')}
          steps={steps.map((name, i) => ({ label: t(`import.step.${name}`), ...(i < at || (over && i === at) ? { status: 'completed' as const } : {}) }))} />
      </div>
      {children}
    </Page>
  )
}

/** A step begins at its top; the focus is where the next Tab goes on from there. */
function useStart(step: string) {
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [step])
}

const ReadFacts = ({ record, onChange }: { record: Import; onChange?: () => void }) => (
  <span className="import-facts">
    <span className="k-clip">{record.file_name}</span><span>{t('import.fact.rows', { n: record.rows })}</span>
    <span>{t('import.fact.encoding', { encoding: t(`import.encoding.${record.encoding}`) })}</span>
    {record.counts && <span>{t('import.fact.blank', { blank: t(`import.blank.${record.blank}`) })}</span>}
    {onChange && <button className="k-link" onClick={onChange}>{t('import.change_settings')}</button>}
  </span>
)
