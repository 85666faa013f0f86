import type { ReactNode } from 'react'
import type { DatedVersions } from '../../api/employees'
import { RecordFrame, SectionCard } from '../../forms/RecordParts'
import type { RecordForm } from '../../forms/useRecordForm'
import type { ClientMark } from '../../ui'
import { DatedLead } from './DatedLead'
import { Relatives } from './Relatives'
import { SectionNav } from './SectionNav'

type Props = { record: RecordForm; client: ClientMark; versions?: DatedVersions; create?: { action: string; onCancel: () => void }; aside?: ReactNode; lead?: ReactNode }

/** The whole ledger of a person: contents on the left, sections in the middle, what applies from when on the right. */
export const LedgerForm = ({ record, client, versions, create, aside, lead }: Props) => (
  <>
    <SectionNav record={record} />
    <RecordFrame record={record} client={client} create={create} className="emp-form">
      {lead}
      {record.spec.sections.map((section) => (
        <SectionCard key={section.id} section={section} lead={section.dated && <DatedLead section={section} versions={versions} />} />
      ))}
      <Relatives />
    </RecordFrame>
    <aside className="emp-side">{aside}</aside>
  </>
)
