import type { RestorePoint } from '../../api/backups'
import { t } from '../../i18n'
import { format } from '../../ui'

const span = 21 // days
const left = 118
const width = 1040
const step = width / span
const dayOf = (at: number) => Math.floor((at + 9 * 3600) / 86400)
const saturdayOrSunday = (day: number) => [0, 6].includes(new Date(day * 86400_000).getUTCDay())
const label = (day: number) => format.shortDay(day * 86400)

type Props = { points: RestorePoint[]; chosen?: number; onChoose: (id: number) => void }

/** Three weeks: restore points on top, proofs (height = seconds), what each run wrote. Drawn, so that it prints and scales. */
export function PointsChart({ points, chosen, onChoose }: Props) {
  const today = dayOf(Date.now() / 1000)
  const first = today - span + 1
  const shown = points.filter((p) => dayOf(p.finished_at) >= first)
  const slowest = Math.max(1, ...shown.map((p) => p.verify_seconds ?? 0))
  const biggest = Math.max(1, ...shown.map((p) => p.bytes))
  // several points of one day stand beside each other
  const x = (p: RestorePoint) => {
    const same = shown.filter((o) => dayOf(o.finished_at) === dayOf(p.finished_at)).sort((a, b) => a.finished_at - b.finished_at)
    const room = Math.min(11, (step - 8) / same.length)
    return left + (dayOf(p.finished_at) - first + 0.5) * step + (same.indexOf(p) - (same.length - 1) / 2) * room
  }
  const days = Array.from({ length: span }, (_, i) => first + i)
  return (
    <svg viewBox="0 0 1170 190" role="img" aria-label={t('backups.timeline_label', { from: label(first), to: label(today) })}>
      {days.map((day, i) => (
        <g key={day}>
          {saturdayOrSunday(day) && <rect x={left + i * step} y="0" width={step} height="168" fill="var(--wall)" />}
          {(i % 3 === 2 || day === today) && (
            <text x={left + (i + 0.5) * step} y="184" textAnchor="middle" className={day === today ? 'now' : ''}>
              {day === today ? t('backups.today') : label(day)}</text>
          )}
        </g>
      ))}
      <text x="0" y="26" className="lane">{t('backups.lane.points')}</text>
      <text x="0" y="76" className="lane">{t('backups.lane.proof')}</text><text x="0" y="92">{t('backups.lane.proof_unit')}</text>
      <text x="0" y="146" className="lane">{t('backups.lane.size')}</text>
      <path d={`M${left} 98.5h${width}M${left} 162.5h${width}`} stroke="#d9d3c7" />
      {shown.map((p) => {
        const at = x(p)
        const proof = p.verify_seconds == null ? 0 : 14 + (p.verify_seconds / slowest) * 40
        const size = 3 + (p.bytes / biggest) * 42
        return (
          <g key={p.id} className="tl-day" onClick={() => onChoose(p.id)}>
            <rect x={at - 7} y="4" width="14" height="160" fill={p.id === chosen ? 'var(--ai-100)' : 'transparent'} />
            {p.kind === 'manual' ? <path d={`M${at} 15l7 7-7 7-7-7z`} fill="#28447f" /> : <circle cx={at} cy="22" r="4" fill="#7c92c2" />}
            {p.state === 'damaged' ? <path d={`M${at - 4} 84l8 8m0-8-8 8`} stroke="#b3361b" strokeWidth="2" strokeLinecap="round" />
              : proof > 0 && <rect x={at - 4.5} y={98 - proof} width="9" height={proof} rx="1.5" fill="#8fbba7" />}
            <rect x={at - 4.5} y={162 - size} width="9" height={size} rx="1.5" fill={p.state === 'damaged' ? '#b3361b' : '#a9b9d9'} />
          </g>
        )
      })}
    </svg>
  )
}
