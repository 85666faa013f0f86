import { RecordFrame, SectionCard } from '../../forms/RecordParts'
import type { RecordForm } from '../../forms/useRecordForm'
import type { ClientMark } from '../../ui'
import { clientSpec } from './profile'

type Props = { record: RecordForm; client?: ClientMark; create?: { action: string; onCancel: () => void } }
export const ClientForm = ({ record, client, create }: Props) => (
  <RecordFrame record={record} client={client} create={create} className="rec narrow">
    {clientSpec.sections.map((section) => <SectionCard key={section.id} section={section} />)}
  </RecordFrame>
)
