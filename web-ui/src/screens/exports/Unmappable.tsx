import type { ExportResult } from '../../api/exports'
import { t } from '../../i18n'
import { Button, Note } from '../../ui'
import './exports.css'

type Props = { cells: ExportResult['unmappable']; onSubstitute: () => void; onChange: () => void }

/** Characters that Shift_JIS cannot hold, with their places. Nothing is dropped: another encoding, or a substitute on purpose. */
export const Unmappable = ({ cells, onSubstitute, onChange }: Props) => (
  <>
    <Note kind="soon" role="alert"><b>{t('export.unmappable', { n: cells.length })}</b><br />{t('export.unmappable_do')}</Note>
    <div className="unmappable" tabIndex={0} role="region" aria-label={t('export.unmappable', { n: cells.length })}>
      <table className="k-table">
        <thead><tr><th className="k-num">{t('export.col.line')}</th><th>{t('export.col.heading')}</th><th>{t('export.col.characters')}</th></tr></thead>
        <tbody>{cells.map((cell, i) => <tr key={i}><td className="k-num">{cell.line}</td><td>{cell.heading}</td><td className="k-strong">{[...cell.characters].join(' ')}</td></tr>)}</tbody>
      </table>
    </div>
    <div className="k-row"><Button onClick={onSubstitute}>{t('export.substitute')}</Button><Button className="k-bare" onClick={onChange}>{t('export.change')}</Button></div>
  </>
)
