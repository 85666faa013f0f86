import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { renewServerCertificate, requestServerCertificate } from '../../api/devices'
import { faultsOf, problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, FormControl, Textarea, toast } from '../../ui'

/** One step that changes the server's certificate, and what came of it. */
export function useServerStep(onClose: () => void) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const run = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    setFault(undefined)
    try {
      await work()
      toast('done', done)
      await queries.invalidateQueries({ queryKey: ['server-certificate'] })
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return { busy, fault, error: fault === undefined ? undefined : problemText(fault), run: (work: () => Promise<unknown>, done: string) => void run(work, done) }
}

export function RenewCertificate({ selfMade, onClose }: { selfMade: boolean; onClose: () => void }) {
  const step = useServerStep(onClose)
  const title = t(selfMade ? 'server.renew' : 'server.back')
  return (
    <ConfirmDialog open weight={selfMade ? 'plain' : 'checked'} title={title} action={title} undo={t(selfMade ? 'server.renew_undo' : 'server.back_undo')} busy={step.busy} error={step.error}
      onClose={onClose} onDone={() => step.run(renewServerCertificate, t('server.renewed'))}>
      <p>{t(selfMade ? 'server.renew_body' : 'server.back_body')}</p>
    </ConfirmDialog>
  )
}

export function RequestCertificate({ names, onClose }: { names: string[]; onClose: () => void }) {
  const [text, setText] = useState(names.join('\n'))
  const step = useServerStep(onClose)
  const wanted = text.toLowerCase().split(/[\s,、]+/).filter(Boolean)
  return (
    <ConfirmDialog open title={t('server.request')} action={t('server.request_action')} undo={t('server.request_undo')} busy={step.busy || wanted.length === 0} error={step.error}
      onClose={onClose} onDone={() => step.run(() => requestServerCertificate(wanted), t('server.requested'))}>
      <p>{t('server.request_body')}</p>
      <FormControl label={t('server.names')} helpMessage={t('server.names_help')} errorMessages={faultsOf(step.fault, 'names')}>
        <Textarea width="100%" rows={3} value={text} onChange={(e) => setText(e.target.value)} />
      </FormControl>
    </ConfirmDialog>
  )
}
