import { useState } from 'react'
import { useNetworks, type NetworkRow } from '../../api/access'
import { useAllClients } from '../../api/clients'
import type { AccountClass } from '../../api/policies'
import { t } from '../../i18n'
import { Button, Card, ClientChip, Note, Select, Status } from '../../ui'
import { ClientNetworks, ClassNetworks } from './NetworkDialog'

const few = 4 // networks that are shown without opening the list

const Some = ({ entries }: { entries: NetworkRow[] }) => (
  <div className="net-some">
    {entries.slice(0, few).map((e) => (
      <span key={e.network} className="k-nowrap"><span className="k-mono">{e.network}</span>{e.note && <span className="k-sub">　{e.note}</span>}</span>
    ))}
    {entries.length > few && <span className="k-sub">{t('access.and_more', { n: entries.length - few })}</span>}
    {entries.length === 0 && <Status kind="alert">{t('access.nobody')}</Status>}
  </div>
)

/** 接続元: each class, and the client companies with a list of their own. */
export function NetworksCard() {
  const { data } = useNetworks()
  const { data: clients = [] } = useAllClients()
  const [editing, setEditing] = useState<AccountClass>()
  const [client, setClient] = useState<number>()
  const own = clients.filter((c) => data?.client_ids.includes(c.id))
  const others = clients.filter((c) => !data?.client_ids.includes(c.id))
  const list = data?.lists.find((l) => l.account_class === editing)
  return (
    <Card title={t('access.networks')} id="access-networks" actions={data && <span className="k-sub">{t('access.your_address')}<b className="k-mono">{data.own_address}</b></span>}>
      <p className="in tight k-sub">{t('access.networks_lead')}</p>
      <table className="k-table">
        <thead><tr><th>{t('access.col.who')}</th><th>{t('access.col.networks')}</th><th>{t('access.col.yours')}</th><th><span className="k-sr">{t('action.edit')}</span></th></tr></thead>
        <tbody>
          {data?.lists.map((l) => {
            const yours = l.entries.some((e) => e.yours)
            return (
              <tr key={l.account_class}>
                <td className="k-nowrap k-strong">{t(`access.class.${l.account_class}`)}</td>
                <td className="two">{l.is_default ? <>{t('access.private')}<div className="k-xs">{t('access.private_help')}</div></> : <Some entries={l.entries} />}</td>
                <td><Status kind={yours ? 'done' : 'wait'}>{t(yours ? 'access.yours_in' : 'access.yours_out')}</Status></td>
                <td className="acts"><Button size="s" onClick={() => setEditing(l.account_class)} aria-label={t('access.edit_of', { who: t(`access.class.${l.account_class}`) })}>{t('action.edit')}</Button></td>
              </tr>
            )
          })}
          {own.map((c) => (
            <tr key={c.id}>
              <td><ClientChip client={{ ...c, hue: c.colour + 1 }} /></td>
              <td>{t('access.own_list')}</td>
              <td><span className="k-sub">—</span></td>
              <td className="acts"><Button size="s" onClick={() => setClient(c.id)} aria-label={t('access.edit_of', { who: c.name })}>{t('action.edit')}</Button></td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="in tight k-row wrap">
        <label className="k-row"><span className="k-sub">{t('access.add_client')}</span>
          <Select width={260} value="" options={[{ label: t('access.choose_client'), value: '' }, ...others.map((c) => ({ label: `${c.code}　${c.name}`, value: String(c.id) }))]}
            onChange={(e) => e.target.value && setClient(Number(e.target.value))} />
        </label>
        {data?.geo.on && <span className="k-push"><Status kind={!data.geo.readable ? 'alert' : data.geo.stale ? 'soon' : 'done'}>
          {t(!data.geo.readable ? 'access.geo_unreadable' : data.geo.stale ? 'access.geo_stale' : 'access.geo_on', { date: data.geo.date ?? '—' })}</Status></span>}
      </div>
      {data?.geo.on && !data.geo.readable && <Note kind="alert">{t('access.geo_unreadable_note')}</Note>}
      {data && list && <ClassNetworks list={list} address={data.own_address} onClose={() => setEditing(undefined)} />}
      {data && client !== undefined && <ClientNetworks client={clients.find((c) => c.id === client)} address={data.own_address} onClose={() => setClient(undefined)} />}
    </Card>
  )
}
