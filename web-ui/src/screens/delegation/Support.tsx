import { useState } from 'react'
import { useAct } from '../../api/act'
import { useActorName } from '../../api/actor'
import { approveSupport, refuseSupport, requestSupport, revokeSupport, supportKey, useSupport, type SupportGrant, type SupportOpened } from '../../api/delegation'
import { markOf, useAllClients } from '../../api/clients'
import { problemText } from '../../api/problem'
import { useMay } from '../../api/session'
import { t } from '../../i18n'
import { Button, ClientChip, ConfirmDialog, Empty, FaPlusIcon, format, Note, Page, Status, toast, type StatusKind } from '../../ui'
import { AskSupport } from './AskSupport'
import { SupportCode } from './SupportCode'
import '../accounts/accounts.css'

const kinds: Record<SupportGrant['state'], StatusKind> = { waiting: 'wait', open: 'doing', refused: 'off', expired: 'done', revoked: 'off' }

type What = 'approve' | 'refuse' | 'revoke'
type Asking = { what: 'ask' } | { what: What; grant: SupportGrant }

/** 一時サポート: who from outside may look, at what, until when, and who agreed. */
export default function Support() {
  const may = useMay()
  const nameOf = useActorName()
  const { data: grants = [], isPending } = useSupport()
  const { data: clients = [] } = useAllClients()
  const [asking, setAsking] = useState<Asking>()
  const [opened, setOpened] = useState<SupportOpened>()
  const { act, busy, fault, forget } = useAct(supportKey, () => setAsking(undefined))
  const ask = (next?: Asking) => { setAsking(next); forget() }
  const about = asking && asking.what !== 'ask' ? asking : undefined
  const confirm = (what: What, work: (grant: SupportGrant) => Promise<unknown>) => (
    <ConfirmDialog open={about?.what === what} title={t(`support.${what}_title`)} action={t(`support.${what}`)} undo={t(`support.${what}_undo`)} busy={busy}
      weight={what === 'approve' ? 'checked' : 'plain'} error={fault === undefined ? undefined : problemText(fault)} onClose={() => ask()}
      onDone={() => about && act(() => work(about.grant))}>
      {about && <p>{t(`support.${what}_body`, { helper: about.grant.helper, hours: about.grant.hours, ticket: about.grant.ticket })}</p>}
      {about?.what === 'approve' && <ul className="happens"><li>{t('support.happens_read')}</li><li>{t('support.happens_end')}</li><li>{t('support.happens_log')}</li></ul>}
    </ConfirmDialog>
  )
  const scope = (grant: SupportGrant) => {
    if (grant.client_id == null) return t('support.machine')
    const client = clients.find((one) => one.id === grant.client_id)
    return client ? <ClientChip client={markOf(client)} /> : t('support.one_client')
  }
  return (
    <Page title={t('support.title')} sub={t('support.sub')} help="support"
      actions={may('support.request') && <Button variant="primary" prefix={<FaPlusIcon />} onClick={() => ask({ what: 'ask' })}>{t('support.ask')}</Button>}>
      <Note>{t('support.note')}</Note>
      <div className="k-card">
        <table className="k-table stick">
          <thead><tr><th>{t('support.col.helper')}</th><th>{t('support.col.scope')}</th><th>{t('support.col.state')}</th><th>{t('support.col.time')}</th>
            <th>{t('support.col.people')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
          <tbody>
            {grants.map((grant) => (
              <tr key={grant.id}>
                <td className="two"><span className="k-strong">{grant.helper}</span><div className="k-xs">{grant.ticket}　{grant.purpose}</div></td>
                <td className="two">{scope(grant)}{grant.consent && <div className="k-xs">{t('support.consent_by', { text: grant.consent })}</div>}</td>
                <td><Status kind={kinds[grant.state]}>{t(`support.state.${grant.state}`)}</Status></td>
                <td className="two k-nowrap">{grant.expires_at
                  ? <>{t('support.until', { at: format.moment(grant.expires_at) })}{grant.ended_at && <div className="k-xs">{t('support.ended', { at: format.moment(grant.ended_at) })}</div>}</>
                  : t('support.hours', { n: grant.hours })}</td>
                <td className="two"><span className="k-xs">{t('support.asked_by', { who: nameOf(grant.requested_by) })}</span>
                  {grant.decided_by != null && <div className="k-xs">{t('support.decided_by', { who: nameOf(`account:${grant.decided_by}`) })}</div>}</td>
                <td className="acts k-nowrap">
                  {grant.state === 'waiting' && may('support.approve') && (
                    <><Button size="s" onClick={() => ask({ what: 'approve', grant })}>{t('support.approve')}</Button>
                      <Button size="s" onClick={() => ask({ what: 'refuse', grant })}>{t('support.refuse')}</Button></>
                  )}
                  {grant.state === 'open' && may('support.request') && <Button size="s" onClick={() => ask({ what: 'revoke', grant })}>{t('support.revoke')}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {grants.length === 0 && !isPending && <Empty title={t('support.empty')}>{t('support.empty_body')}</Empty>}
      </div>
      {asking?.what === 'ask' && <AskSupport busy={busy} fault={fault} onClose={() => ask()}
        onDone={(wish) => act(async () => { await requestSupport(wish); toast('done', t('support.asked')) })} />}
      {confirm('approve', async (grant) => setOpened(await approveSupport(grant.id)))}
      {confirm('refuse', (grant) => refuseSupport(grant.id))}
      {confirm('revoke', (grant) => revokeSupport(grant.id))}
      <SupportCode opened={opened} onClose={() => setOpened(undefined)} />
    </Page>
  )
}
