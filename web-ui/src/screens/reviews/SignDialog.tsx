import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { faultsOf, problemText } from '../../api/problem'
import { signLine, type ReviewLine, type Verdict } from '../../api/reviews'
import { t } from '../../i18n'
import { ConfirmDialog, Fieldset, FormControl, RadioButton, Textarea, toast } from '../../ui'
import { whoOf } from './ReviewLines'

const verdicts = ['keep', 'change', 'disable'] as const

type Props = { review: number; lines: ReviewLine[]; verdict: Verdict; onClose: () => void }

/** The signature under one line, or under the chosen ones together. */
export function SignDialog({ review, lines, verdict: first, onClose }: Props) {
  const queries = useQueryClient()
  const [verdict, setVerdict] = useState(first)
  const [comment, setComment] = useState('')
  const [done, setDone] = useState(0)
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const sign = async () => {
    setBusy(true)
    setFault(undefined)
    let n = done
    try {
      // One after the other: where one is refused, the ones before it are signed and stay so.
      for (; n < lines.length; n += 1) await signLine(review, lines[n]!.account_id, verdict, comment.trim())
      toast('done', t('reviews.signed_n', { n }))
      onClose()
    } catch (problem) {
      setDone(n)
      setFault(problem)
      setBusy(false)
    } finally {
      await Promise.all(['reviews', 'home'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
    }
  }
  const several = lines.length > 1
  return (
    <ConfirmDialog open size="L" title={t('reviews.sign_title')} action={t('reviews.sign')} undo={t('reviews.sign_undo')} busy={busy || (verdict === 'change' && comment.trim() === '')}
      error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void sign()}>
      {several && <p>{t('reviews.sign_body', { n: lines.length })}</p>}
      <ul className="signing">{lines.map((line) => <li key={line.account_id}><b>{whoOf(line)}</b>　<span className="k-sub">{line.login_id}</span></li>)}</ul>
      {!several && (
        <Fieldset legend={t('reviews.col.verdict')}>
          <div className="k-col tight">{verdicts.map((one) => <RadioButton key={one} name="verdict" checked={verdict === one} onChange={() => setVerdict(one)}>{t(`reviews.verdict.${one}`)} <span className="k-sub">{t(`reviews.verdict.${one}.says`)}</span></RadioButton>)}</div>
        </Fieldset>
      )}
      <FormControl label={t(verdict === 'change' ? 'reviews.comment_change' : 'reviews.comment')} errorMessages={faultsOf(fault, 'comment')}>
        <Textarea width="100%" rows={2} value={comment} onChange={(e) => setComment(e.target.value)} />
      </FormControl>
    </ConfirmDialog>
  )
}
