import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { Review, ReviewLine, Verdict } from '../../api/reviews'
import { useRoles, wordsOf } from '../../api/roles'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import { Button, Checkbox, format, Status, type StatusKind } from '../../ui'
import { SignDialog } from './SignDialog'
import { states } from './words'

const kinds: Record<Verdict, StatusKind> = { keep: 'done', change: 'soon', disable: 'alert' }
export const whoOf = (line: ReviewLine) => (line.name != null ? format.name(line.name) : t('reviews.deleted', { id: line.account_id }))

/** One line an account, with what it was on the day; signed one by one, or the chosen ones together. */
export function ReviewLines({ review }: { review: Review }) {
  const may = useMay()
  const [chosen, setChosen] = useState<number[]>([])
  const [asking, setAsking] = useState<{ lines: ReviewLine[]; verdict: Verdict }>()
  const signs = may('review.sign')
  const free = signs ? review.lines.filter((line) => line.signed_at == null && !line.mine) : []
  const picked = free.filter((line) => chosen.includes(line.account_id))
  const all = free.length > 0 && picked.length === free.length
  const toggle = (id: number) => setChosen(chosen.includes(id) ? chosen.filter((x) => x !== id) : [...chosen, id])
  return (
    <>
      {free.length > 0 && (
        <div className="filters bulk">
          <Checkbox checked={all} mixed={picked.length > 0 && !all} onChange={() => setChosen(all ? [] : free.map((line) => line.account_id))}>{t('reviews.choose_all')}</Checkbox>
          <span className="k-sub">{t('reviews.chosen', { n: picked.length })}</span>
          <Button size="s" variant="primary" disabled={picked.length === 0} onClick={() => setAsking({ lines: picked, verdict: 'keep' })}>{t('reviews.keep_chosen')}</Button>
          <span className="k-sub k-push">{t('reviews.how')}</span>
        </div>
      )}
      <table className="k-table stick review">
        <thead><tr>{free.length > 0 && <th className="k-check"><span className="k-sr">{t('reviews.choose')}</span></th>}
          <th>{t('ledger.col.who')}</th><th>{t('reviews.col.facts')}</th><th>{t('ledger.col.clients')}</th><th>{t('reviews.col.last')}</th><th>{t('reviews.col.verdict')}</th></tr></thead>
        <tbody>
          {review.lines.map((line) => (
            <tr key={line.account_id}>
              {free.length > 0 && <td className="k-check">{free.includes(line) && <Checkbox checked={chosen.includes(line.account_id)} onChange={() => toggle(line.account_id)} aria-label={t('reviews.choose_one', { name: whoOf(line) })} />}</td>}
              <td className="two"><b>{whoOf(line)}</b><div className="k-xs">{line.login_id}</div><Status kind={states[line.facts.state]}>{t(`accounts.state.${line.facts.state}`)}</Status></td>
              <td className="two">{line.facts.roles.map(wordsOf).join('・') || '—'}<Rights of={line} /></td>
              <td className="two">{line.facts.all_clients ? t('accounts.all_clients') : line.facts.clients.length === 0 ? <span className="k-sub">{t('ledger.no_clients')}</span>
                : <span title={line.facts.clients.join('、')}>{t('reviews.clients', { n: line.facts.clients.length })}</span>}
                {(line.facts.all_specific || line.facts.specific_clients.length > 0) && <div className="k-xs">{t('ledger.specific')}
                  {line.facts.all_specific ? t('accounts.all_clients') : t('reviews.clients', { n: line.facts.specific_clients.length })}</div>}</td>
              <td className="two"><span className="k-nowrap">{line.facts.last_sign_in_at ? format.moment(line.facts.last_sign_in_at) : <span className="k-sub">{t('accounts.never')}</span>}</span>
                {line.facts.dormant && <div><Status kind="alert">{t('reviews.dormant')}</Status></div>}</td>
              <td className="two verdict"><Verdicts line={line} signs={signs} onAsk={(verdict) => setAsking({ lines: [line], verdict })} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {asking && <SignDialog review={review.summary.id} {...asking} onClose={() => { setAsking(undefined); setChosen([]) }} />}
    </>
  )
}

function Rights({ of }: { of: ReviewLine }) {
  const matrix = useRoles()
  const heavy = matrix?.rights.filter((facts) => facts.guarded && of.facts.rights.includes(facts.right)) ?? []
  const title = matrix?.rights.filter((facts) => of.facts.rights.includes(facts.right)).map(wordsOf).join('、')
  return (
    <div className="k-xs" title={title}>{t('reviews.rights', { n: of.facts.rights.length })}
      {heavy.length > 0 && <span className="k-soon">　{t('reviews.heavy', { rights: heavy.map(wordsOf).join('、') })}</span>}</div>
  )
}

function Verdicts({ line, signs, onAsk }: { line: ReviewLine; signs: boolean; onAsk: (verdict: Verdict) => void }) {
  if (line.verdict) {
    return (
      <>
        <Status kind={kinds[line.verdict]}>{t(`reviews.verdict.${line.verdict}`)}</Status>
        <div className="k-xs">{line.signed_at != null && format.moment(line.signed_at)}　{format.name(line.signed_by ?? '')}</div>
        {line.comment && <div className="k-xs k-pre">{line.comment}</div>}
        {line.verdict !== 'keep' && line.name != null && <Link className="k-sub" to="/accounts">{t('reviews.to_accounts')}</Link>}
      </>
    )
  }
  if (line.mine) return <><Status kind="wait">{t('reviews.unsigned')}</Status><div className="k-xs">{t('reviews.mine')}</div></>
  if (!signs) return <Status kind="wait">{t('reviews.unsigned')}</Status>
  return (
    <div className="k-row">
      <Button size="s" onClick={() => onAsk('keep')}>{t('reviews.verdict.keep')}</Button>
      <Button size="s" onClick={() => onAsk('change')}>{t('reviews.other')}</Button>
    </div>
  )
}
