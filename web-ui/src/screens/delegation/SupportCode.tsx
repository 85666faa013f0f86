import type { SupportOpened } from '../../api/delegation'
import { t } from '../../i18n'
import { ConfirmDialog, Facts, format } from '../../ui'

/** What the helper needs to come in: shown once. */
export const SupportCode = ({ opened, onClose }: { opened?: SupportOpened; onClose: () => void }) => (
  <ConfirmDialog open={opened !== undefined} title={t('support.code_title')} action={t('accounts.code_close')} undo={t('accounts.code_once')} size="L" onClose={onClose} onDone={onClose}>
    {opened && (
      <>
        <p>{t('support.code_body', { helper: opened.grant.helper })}</p>
        <Facts rows={[
          [t('accounts.col.login_id'), <b key="i" className="k-mono">{opened.login_id}</b>],
          [t('accounts.code'), <b key="c" className="setup-code">{opened.setup_code}</b>],
          [t('support.code_until'), format.moment(opened.grant.expires_at ?? 0)],
        ]} />
      </>
    )}
  </ConfirmDialog>
)
