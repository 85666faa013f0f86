import { deleteAccount, disableAccount, inviteAgain, removeSecondFactorOf, unlockAccount, type Account } from '../../api/accounts'
import { problemText } from '../../api/problem'
import { t } from '../../i18n'
import { ConfirmDialog, format, toast } from '../../ui'
import type { Invited } from './CodeDialog'

/** What can be done with one account. */
export type What = 'invite' | 'edit' | 'disable' | 'delete' | 'assign' | 'roles' | 'unlock' | 'factor_off'

type Props = {
  what?: What; account?: Account; busy: boolean; fault: unknown
  act: (work: () => Promise<unknown>) => void; onInvited: (invited: Invited) => void; onClose: () => void
}

/** The confirmations of the list of people: what happens, and whether it can be undone. */
export function AccountDialogs({ what, account, busy, fault, act, onInvited, onClose }: Props) {
  const error = fault === undefined ? undefined : problemText(fault)
  const who = { name: format.name(account?.name ?? ''), login_id: account?.login_id ?? '' }
  const on = (work: (id: number) => Promise<unknown>, done?: string) => () =>
    act(async () => {
      if (account) await work(account.id)
      if (done) toast('done', done)
    })
  const common = { busy, error, onClose }
  return (
    <>
      <ConfirmDialog {...common} open={what === 'invite'} weight="checked" title={t('accounts.invite_title')} action={t('accounts.invite')} undo={t('accounts.invite_undo')}
        onDone={on(async (id) => onInvited(await inviteAgain(id)))}>
        <p>{t('accounts.invite_body', who)}</p>
      </ConfirmDialog>
      <ConfirmDialog {...common} open={what === 'disable'} weight="checked" title={t('accounts.disable_title')} action={t('accounts.disable')} undo={t('accounts.disable_undo')}
        onDone={on(disableAccount, t('accounts.disabled', who))}>
        <p>{t('accounts.disable_body', who)}</p>
      </ConfirmDialog>
      <ConfirmDialog {...common} open={what === 'delete'} weight="typed" typedName={account?.login_id} title={t('accounts.delete_title')} action={t('accounts.delete_action')} undo={t('accounts.delete_undo')}
        onDone={on(deleteAccount, t('accounts.deleted', who))}>
        <p>{t('accounts.delete_body', who)}</p>
        <ul className="happens"><li>{t('accounts.delete_1')}</li><li>{t('accounts.delete_2', { id: account?.id ?? 0 })}</li><li>{t('accounts.delete_3')}</li></ul>
      </ConfirmDialog>
      <ConfirmDialog {...common} open={what === 'unlock'} title={t('accounts.unlock_title')} action={t('accounts.unlock')} undo={t('accounts.unlock_undo')}
        onDone={on(unlockAccount, t('accounts.unlocked', who))}>
        <p>{t('accounts.unlock_body', who)}</p>
      </ConfirmDialog>
      <ConfirmDialog {...common} open={what === 'factor_off'} weight="checked" title={t('accounts.factor_off_title')} action={t('accounts.factor_off')} undo={t('accounts.factor_off_undo')}
        onDone={on(removeSecondFactorOf, t('accounts.factor_is_off', who))}>
        <p>{t('accounts.factor_off_body', who)}</p>
        <ul className="happens"><li>{t('accounts.factor_off_1')}</li><li>{t('accounts.factor_off_2')}</li><li>{t('accounts.factor_off_3')}</li></ul>
      </ConfirmDialog>
    </>
  )
}
