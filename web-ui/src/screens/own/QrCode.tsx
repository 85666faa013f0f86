import { t } from '../../i18n'
import { qrPath, quiet } from './qr'

/** Drawn here, from the modules that the daemon answers: no image, no request. */
export function QrCode({ rows }: { rows: readonly string[] }) {
  const size = rows.length + 2 * quiet
  return (
    <svg className="qr" viewBox={`${-quiet} ${-quiet} ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={t('enrol.qr')}>
      <rect x={-quiet} y={-quiet} width={size} height={size} fill="#fff" />
      <path d={qrPath(rows)} fill="#14213d" />
    </svg>
  )
}
