import { useState } from 'react'
import { useImports, useImportSteps, type Door, type Import } from '../../api/imports'
import { problemText } from '../../api/problem'
import { useClientMark } from '../../api/mark'
import { t } from '../../i18n'
import { Button, Card, ConfirmDialog, Empty, format, Status, toast, type StatusKind } from '../../ui'
import { reached, type Go } from './steps'
import { UndoButton } from './UndoButton'

const kinds: Record<Import['state'], StatusKind> = {
  uploaded: 'doing', checking: 'doing', checked: 'doing', committing: 'doing', committed: 'done', undoing: 'doing', undone: 'off', failed: 'alert',
}
export const ImportStatus = ({ record }: { record: Import }) => <Status kind={kinds[record.state]}>{t(`import.state.${record.state}`)}</Status>

/** Earlier imports: go on with one, look at its result, take the last one back. */
export function PastImports({ door, go }: { door: Door; go: Go }) {
  const client = useClientMark(door.clientId)
  const { data = [], isPending } = useImports(door)
  const { drop } = useImportSteps(door)
  const [dropping, setDropping] = useState<Import>()
  const [fault, setFault] = useState<unknown>()
  const doDrop = async (record: Import) => {
    try {
      await drop(record.id)
      setDropping(undefined)
      toast('done', t('import.dropped'))
    } catch (problem) {
      setFault(problem)
    }
  }
  return (
    <Card title={t('import.past')} id="im-past" count={data.length > 0 ? t('common.unit.items', { n: data.length }) : undefined}>
      {data.length > 0 && (
        <table className="k-table">
          <thead><tr><th>{t('import.past.at')}</th><th>{t('import.past.file')}</th><th>{t('import.past.by')}</th><th>{t('import.past.counts')}</th><th>{t('import.past.state')}</th>
            <th><span className="k-sr">{t('files.col.acts')}</span></th></tr></thead>
          <tbody>
            {data.map((record) => (
              <tr key={record.id}>
                <td className="k-nowrap">{format.moment(record.committed_at ?? record.created_at)}</td>
                <td className="name-cell"><span className="k-clip k-strong">{record.file_name}</span></td>
                <td className="k-nowrap">{record.created_by}</td>
                <td className="k-nowrap k-sub">{record.counts ? <Counts record={record} /> : t('import.fact.rows', { n: record.rows })}</td>
                <td><ImportStatus record={record} /></td>
                <td className="acts k-nowrap">
                  {record.can_undo && <UndoButton door={door} record={record} small onStarted={() => go({ import: record.id })} />}
                  {['uploaded', 'checked', 'failed'].includes(record.state) && <Button size="s" onClick={() => { setFault(undefined); setDropping(record) }}>{t('import.drop')}</Button>}
                  <Button size="s" onClick={() => go({ import: record.id })}>{reached(record) === 'commit' ? t('import.open') : t('import.continue')}</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data.length === 0 && !isPending && <Empty title={t('import.past_empty')}>{t('import.past_empty_do')}</Empty>}
      <ConfirmDialog open={dropping !== undefined} client={client} weight="checked" title={t('import.drop_title')} action={t('import.drop')} undo={t('import.drop_undo')}
        error={fault === undefined ? undefined : problemText(fault)} onClose={() => setDropping(undefined)} onDone={() => dropping && void doDrop(dropping)}>
        <p>{t('import.drop_body', { file: dropping?.file_name })}</p>
      </ConfirmDialog>
    </Card>
  )
}

const Counts = ({ record: { counts } }: { record: Import }) => counts && (
  <>{t('import.past.counts_value', { add: counts.add, update: counts.update, same: counts.same })}
    {counts.error > 0 && <span className="k-danger k-strong">　{t('import.past.error_value', { n: counts.error })}</span>}</>
)
