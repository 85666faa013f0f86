import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { faultsOf, problemText } from '../../api/problem'
import { approveGrant, refuseGrant, withdrawGrant, wordsOf, type Grant } from '../../api/roles'
import { t } from '../../i18n'
import { ConfirmDialog, Facts, FormControl, format, Textarea, toast } from '../../ui'
import type { changeOf } from './Grants'

export type Decision = 'approve' | 'refuse' | 'withdraw'

type Props = { decision: Decision; grant: Grant; who: string; by: string; change: ReturnType<typeof changeOf>; onClose: () => void }

/** What the second person reads before deciding. */
export function GrantDialog({ decision, grant, who, by, change, onClose }: Props) {
  const queries = useQueryClient()
  const [comment, setComment] = useState('')
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const decide = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await (decision === 'withdraw' ? withdrawGrant(grant.id) : decision === 'approve' ? approveGrant(grant.id, comment.trim()) : refuseGrant(grant.id, comment.trim()))
      toast('done', t(`roles.${decision}_done`, { name: who }))
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    } finally {
      await Promise.all(['grants', 'accounts', 'home', 'account-ledger'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
    }
  }
  return (
    <ConfirmDialog open size="L" weight={decision === 'approve' ? 'checked' : 'plain'} title={t(`roles.${decision}_title`)} action={t(`roles.${decision}`)} undo={t(`roles.${decision}_undo`, { name: who })} busy={busy}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void decide()}>
      <Facts rows={[
        [t('roles.col.whom'), <b key="w">{who}</b>],
        [t('roles.added'), change.added.join('・')],
        ...(change.taken.length > 0 ? [[t('roles.taken'), change.taken.join('・')] as [string, string]] : []),
        [t('roles.heavy'), <ul key="h" className="happens">{change.heavy.map((facts) => <li key={facts.right}>{wordsOf(facts)}</li>)}</ul>],
        [t('roles.col.why'), <span key="y" className="k-pre">{grant.reason}</span>],
        [t('roles.col.asked'), `${by}　${format.moment(grant.requested_at)}`],
      ]} />
      {decision !== 'withdraw' && (
        <FormControl label={t('roles.comment')} helpMessage={t('roles.comment_help')} errorMessages={faultsOf(fault, 'comment')}>
          <Textarea width="100%" rows={2} value={comment} onChange={(e) => setComment(e.target.value)} />
        </FormControl>
      )}
    </ConfirmDialog>
  )
}
