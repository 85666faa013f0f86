import { useState } from 'react'
import { Link, useSearch } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { openReview, useReview, useReviews, type ReviewSummary } from '../../api/reviews'
import { problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import { Button, Card, Empty, format, Note, Page, Progress, Status } from '../../ui'
import { ReviewLines } from './ReviewLines'
import { monthText } from './words'
import './reviews.css'

/** 棚卸: the review that is open, line by line; those that are closed stay as evidence. */
export default function Reviews() {
  const may = useMay()
  const queries = useQueryClient()
  const { data: reviews, error } = useReviews()
  const { review: wanted } = useSearch({ from: '/shell/screen/account-reviews' })
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  // the oldest one that is open comes first: it is the latest to be late
  const first = reviews?.filter((one) => one.closed_at == null).at(-1) ?? reviews?.[0]
  const id = reviews?.some((one) => one.id === wanted) ? wanted : first?.id
  const { data: review } = useReview(id)
  const now = format.today().slice(0, 7)
  const open = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await openReview()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
      await Promise.all(['reviews', 'home'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
    }
  }
  return (
    <Page title={t('reviews.title')} sub={t('reviews.sub')} help="account-reviews"
      actions={may('review.sign') && reviews && !reviews.some((one) => one.month === now) && <Button disabled={busy} onClick={() => void open()}>{t('reviews.open_now')}</Button>}>
      {[fault, error].map((one) => one != null && <Note key="fault" kind="alert" role="alert">{problemText(one)}</Note>)}
      {reviews?.length === 0 && <div className="k-card"><Empty title={t('reviews.none')}>{t('reviews.none_do')}</Empty></div>}
      {review && (
        <Card id="h-review" title={t('reviews.of', { month: monthText(review.summary.month) })} actions={<Facts of={review.summary} />}>
          <ReviewLines key={review.summary.id} review={review} />
        </Card>
      )}
      {reviews && reviews.length > 0 && (
        <Card id="h-past" title={t('reviews.past')} count={t('common.unit.items', { n: reviews.length })}>
          <table className="k-table">
            <thead><tr><th>{t('reviews.col.month')}</th><th>{t('reviews.col.opened')}</th><th>{t('reviews.col.closed')}</th><th className="k-num">{t('reviews.col.lines')}</th><th className="k-num">{t('reviews.col.change')}</th>
              <th className="k-num">{t('reviews.col.disable')}</th><th>{t('reviews.col.state')}</th></tr></thead>
            <tbody>
              {reviews.map((one) => (
                <tr key={one.id} aria-selected={one.id === id}>
                  <td className="k-nowrap"><Link className="plain k-strong" to="/account-reviews" search={{ review: one.id }} aria-current={one.id === id ? 'true' : undefined}>{monthText(one.month)}</Link></td>
                  <td className="k-nowrap">{format.moment(one.opened_at)}</td>
                  <td className="k-nowrap">{one.closed_at ? `${format.moment(one.closed_at)}　${format.name(one.closed_by ?? '')}` : '—'}</td>
                  <td className="k-num">{one.signed_lines} / {one.lines}</td><td className="k-num">{one.to_change}</td><td className="k-num">{one.to_disable}</td>
                  <td><State of={one} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </Page>
  )
}

const State = ({ of }: { of: ReviewSummary }) =>
  of.closed_at ? <Status kind="done">{t('reviews.state.closed')}</Status> : of.overdue ? <Status kind="alert">{t('reviews.state.overdue')}</Status> : <Status kind="doing">{t('reviews.state.open')}</Status>

const Facts = ({ of }: { of: ReviewSummary }) => (
  <>
    <span className="k-sub k-nowrap">{t('reviews.signed', { n: of.signed_lines, total: of.lines })}</span>
    <Progress label={t('reviews.progress')} done={of.signed_lines} total={of.lines} />
    <State of={of} />
  </>
)
