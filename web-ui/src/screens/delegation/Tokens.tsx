import { useState } from 'react'
import { useAct } from '../../api/act'
import { useActorName } from '../../api/actor'
import { createToken, revokeToken, tokensKey, useTokens, type Token } from '../../api/delegation'
import { problemText } from '../../api/problem'
import { useRoles, wordsOf } from '../../api/roles'
import { t } from '../../i18n'
import { Button, ConfirmDialog, Empty, FaPlusIcon, format, Note, Page, Status, toast } from '../../ui'
import { MakeToken } from './MakeToken'
import '../accounts/accounts.css'

const isOver = (token: Token) => token.expires_at * 1000 <= Date.now()
const stateOf = (token: Token) => (token.revoked_at ? 'revoked' : isOver(token) ? 'expired' : 'open')

/** 外部連携: the keys that other programs of the office come in with. */
export default function Tokens() {
  const nameOf = useActorName()
  const matrix = useRoles()
  const { data: tokens = [], isPending } = useTokens()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string>()
  const [ending, setEnding] = useState<Token>()
  const shut = () => { setMaking(false); setEnding(undefined) }
  const { act, busy, fault, forget } = useAct(tokensKey, shut)
  const close = () => { shut(); forget() }
  const words = (right: string) => { const facts = matrix?.rights.find((one) => one.right === right); return facts ? wordsOf(facts) : right }
  return (
    <Page title={t('tokens.title')} sub={t('tokens.sub')} help="tokens"
      actions={<Button variant="primary" prefix={<FaPlusIcon />} onClick={() => setMaking(true)}>{t('tokens.make')}</Button>}>
      <Note>{t('tokens.note')}</Note>
      <div className="k-card">
        <table className="k-table stick">
          <thead><tr><th>{t('tokens.col.name')}</th><th>{t('tokens.col.rights')}</th><th>{t('tokens.col.networks')}</th><th>{t('tokens.col.expires')}</th><th>{t('tokens.col.used')}</th>
            <th>{t('tokens.col.state')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <td className="two"><span className="k-strong">{token.name}</span><div className="k-xs">{t('tokens.made_by', { who: nameOf(`account:${token.owner}`), at: format.moment(token.created_at) })}</div></td>
                <td className="two">{token.rights.map(words).join('、')}<div className="k-xs">{token.all_clients ? t('accounts.all_clients') : t('tokens.clients', { n: token.client_ids.length })}</div></td>
                <td className="k-mono">{token.networks.join(' ')}</td>
                <td className="k-nowrap">{format.moment(token.expires_at)}</td>
                <td className="two k-nowrap">{token.last_used_at ? <>{format.moment(token.last_used_at)}<div className="k-xs">{token.last_used_from}</div></> : <span className="k-sub">{t('accounts.never')}</span>}</td>
                <td><Status kind={stateOf(token) === 'open' ? 'done' : 'off'}>{t(`tokens.state.${stateOf(token)}`)}</Status></td>
                <td className="acts">{stateOf(token) === 'open' && <Button size="s" onClick={() => setEnding(token)}>{t('tokens.revoke')}</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {tokens.length === 0 && !isPending && <Empty title={t('tokens.empty')}>{t('tokens.empty_body')}</Empty>}
      </div>
      {making && <MakeToken busy={busy} fault={fault} onClose={close} onDone={(wish) => act(async () => { setSecret((await createToken(wish)).secret) })} />}
      <ConfirmDialog open={ending !== undefined} weight="checked" title={t('tokens.revoke_title')} action={t('tokens.revoke')} undo={t('tokens.revoke_undo')} busy={busy}
        error={fault === undefined ? undefined : problemText(fault)} onClose={close} onDone={() => ending && act(() => revokeToken(ending.id))}>
        <p>{t('tokens.revoke_body', { name: ending?.name ?? '' })}</p>
      </ConfirmDialog>
      <ConfirmDialog open={secret !== undefined} title={t('tokens.secret_title')} action={t('accounts.code_close')} undo={t('tokens.secret_once')} size="L" onClose={() => setSecret(undefined)} onDone={() => setSecret(undefined)}>
        <p>{t('tokens.secret_body')}</p>
        <p className="k-row"><span className="k-mono k-pre">{secret}</span>
          <Button size="s" onClick={() => void navigator.clipboard.writeText(secret ?? '').then(() => toast('done', t('action.copied')))}>{t('action.copy')}</Button></p>
        <p className="k-mono k-xs k-pre">{`curl --cacert kuramori-ca.crt -H "Authorization: Bearer $TOKEN" ${location.origin}/api/v1/clients`}</p>
      </ConfirmDialog>
    </Page>
  )
}
