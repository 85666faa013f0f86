import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useForm, useWatch, type FieldValues, type UseFormReturn } from 'react-hook-form'
import { Problem, type FieldFault } from '../api/problem'
import type { Change } from '../ui'
import { changesOf, merge, takeTheirs, type Overlap } from './changes'
import type { RecordSpec } from './spec'
import { boxes, faultsOf, toBody, toValues, type Values } from './values'

type State = { body: unknown; version: number; values: Values }
export type Conflict = { overlaps: Overlap[]; resolve: (theirs: Set<string>) => void; close: () => void }
type Options<Body, Saved extends { version: number }> = {
  spec: RecordSpec
  /** the record as the daemon has it; absent: a new one */
  body?: unknown
  version?: number
  save: (body: Body, version: number) => Promise<Saved>
  onSaved: (saved: Saved) => void
  /** body and version inside what a conflict says is stored now */
  current?: (context: unknown) => { body: unknown; version: number } | undefined
  readOnly?: boolean
}
export type RecordForm = {
  spec: RecordSpec
  form: UseFormReturn<FieldValues>
  /** the boxes as they were */
  base: Values
  readOnly: boolean
  /** a new one: there is nothing to compare with */
  fresh: boolean
  saving: boolean
  /** faults that no box can show, and why a save was refused */
  faults: FieldFault[]
  problem: unknown
  conflict?: Conflict
  submit: () => void
  discard: () => void
}

const Context = createContext<RecordForm | null>(null)
export const RecordFormProvider = Context.Provider
export function useRecord(): RecordForm {
  const record = useContext(Context)
  if (!record) throw new Error('a box outside of a record form')
  return record
}

/** What was changed so far. Renders with every key: use it in small components. */
export function useChanges(record: RecordForm): { changes: Change[]; values: Values } {
  const values = useWatch({ control: record.form.control }) as Values
  return { values, changes: useMemo(() => changesOf(record.spec, record.base, values), [record.spec, record.base, values]) }
}

export function focusBox(path: string) {
  const box = document.querySelector(`[data-path="${CSS.escape(path)}"]`)
  box?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  box?.scrollIntoView({ block: 'center' })
}

/** One record in boxes: faults under their boxes, saving under the version that was seen, merging when someone was faster. */
export function useRecordForm<Body, Saved extends { version: number }>(options: Options<Body, Saved>): RecordForm {
  const { spec, body, version = 0 } = options
  const [state, setState] = useState<State>(() => ({ body, version, values: toValues(spec, body) }))
  const form = useForm<FieldValues>({ mode: 'onTouched', shouldFocusError: false, defaultValues: state.values })
  const [saving, setSaving] = useState(false)
  const [faults, setFaults] = useState<FieldFault[]>([])
  const [problem, setProblem] = useState<unknown>()
  const [conflict, setConflict] = useState<Conflict>()
  const latest = useRef(options)
  useEffect(() => { latest.current = options })

  const begin = useCallback((next: { body: unknown; version: number }) => {
    const values = toValues(latest.current.spec, next.body)
    setState({ ...next, values })
    form.reset(values)
    setFaults([])
    setProblem(undefined)
  }, [form])
  // Someone else saved: a form without changes follows; one with changes keeps them and meets the conflict when it saves.
  useEffect(() => {
    if (body === state.body || version < state.version) return
    if (changesOf(spec, state.values, form.getValues()).length === 0) begin({ body, version })
  }, [version, state, spec, body, form, begin])

  const blame = useCallback((found: FieldFault[]) => {
    const known = new Set(boxes(latest.current.spec, form.getValues()).map(([path]) => path))
    for (const { field, message } of found) if (known.has(field)) form.setError(field, { type: 'fault', message })
    setFaults(found)
    if (found[0]) setTimeout(() => focusBox(found[0].field))
  }, [form])

  const send = useCallback(async (values: Values, from: State) => {
    const { spec: shape, save, onSaved } = latest.current
    setFaults([])
    setProblem(undefined)
    const local = faultsOf(shape, values)
    if (local.length) return blame(local)
    setSaving(true)
    try {
      const saved = await save(toBody<Body>(shape, values, from.body), from.version)
      flushSync(() => { // before a screen is left: its guard must see that nothing is unsaved
        setConflict(undefined)
        setState({ body: from.body, version: saved.version, values })
        form.reset(values)
      })
      onSaved(saved)
    } catch (fault) {
      const now = fault instanceof Problem && fault.code === 'version_conflict' ? latest.current.current?.(context(fault)) : undefined
      if (now) return meet(now, from, values)
      setProblem(fault)
      if (fault instanceof Problem && fault.fields.length) blame(fault.fields)
    } finally {
      setSaving(false)
    }
  }, [blame, form])

  const meet = (now: { body: unknown; version: number }, from: State, mine: Values) => {
    const { spec: shape } = latest.current
    const theirs = toValues(shape, now.body)
    const { merged, overlaps } = merge(shape, from.values, mine, theirs)
    const resolve = (chosen: Set<string>) => {
      for (const path of chosen) takeTheirs(merged, theirs, path)
      const next = { ...now, values: theirs }
      setState(next)
      form.reset(theirs)
      for (const [path, , box] of boxes(shape, merged)) form.setValue(path, box)
      if (shape.list) form.setValue(shape.list.path, merged[shape.list.path])
      void send(merged, next)
    }
    setConflict({ overlaps, resolve, close: () => setConflict(undefined) })
  }

  return {
    spec, form, base: state.values, readOnly: options.readOnly === true, fresh: body === undefined, saving, faults, problem, conflict,
    submit: () => { if (!saving && !options.readOnly) void send(form.getValues(), state) },
    discard: () => { form.reset(state.values); setFaults([]); setProblem(undefined) },
  }
}

const context = (fault: Problem) => (fault.context as { current?: unknown } | undefined)?.current
