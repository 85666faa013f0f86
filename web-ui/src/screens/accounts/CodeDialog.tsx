import type { components } from '../../api/schema'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Facts, toast } from '../../ui'

export type Invited = components['schemas']['Invited']

const link = (invited: Invited) => `${location.origin}/setup#${invited.setup_code}`

/** The set-up code of a person: shown once. */
export const CodeDialog = ({ invited, onClose, onSheet }: { invited?: Invited; onClose: () => void; onSheet: () => void }) => (
  <ConfirmDialog open={invited !== undefined} title={t('accounts.code_title')} action={t('accounts.code_close')} undo={t('accounts.code_once')} size="L" onClose={onClose} onDone={onClose}>
    {invited && (
      <>
        <p>{t('accounts.code_body', { name: invited.account.name, login_id: invited.account.login_id })}</p>
        <Facts rows={[
          [t('accounts.code'), <b key="c" className="setup-code">{invited.setup_code}</b>],
          [t('accounts.code_link'), <span key="l" className="k-row"><span className="k-mono k-pre">{link(invited)}</span>
            <Button size="s" onClick={() => void navigator.clipboard.writeText(link(invited)).then(() => toast('done', t('action.copied')))}>{t('action.copy')}</Button></span>],
        ]} />
        <p className="k-row"><Button size="s" onClick={onSheet}>{t('accounts.code_sheet')}</Button><span className="k-sub">{t('accounts.code_sheet_help')}</span></p>
      </>
    )}
  </ConfirmDialog>
)
