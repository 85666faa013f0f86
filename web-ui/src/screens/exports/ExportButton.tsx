import { useState } from 'react'
import type { ExportDoor } from '../../api/exports'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import { Button, FaFileArrowDownIcon } from '../../ui'
import { ExportDialog } from './ExportDialog'

function ExportButton({ door }: { door: ExportDoor }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  // A dialog that is open stays when the right is taken away: it says why nothing comes.
  return (
    <>
      {may('export.run') && <Button prefix={<FaFileArrowDownIcon />} onClick={() => setOpen(true)}>{t('export.button')}</Button>}
      {open && <ExportDialog door={door} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The button of the employees list, with its dialog; nothing for those who may not export. */
export const ExportEmployees = ({ clientId }: { clientId: number }) => <ExportButton door={{ kind: 'employees', clientId }} />
/** The same for the clients list. */
export const ExportClients = () => <ExportButton door={{ kind: 'clients' }} />
