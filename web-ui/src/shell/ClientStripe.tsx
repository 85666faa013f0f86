import { Link, useNavigate } from '@tanstack/react-router'
import type { Client } from '../api/clients'
import { hue } from '../api/clients'
import { t } from '../i18n'
import { Button, FaRightLeftIcon, FaXmarkIcon, Status } from '../ui'

/** Which client am I in? Colour block with the code, full name, kana, and the way out. Sticky; 44px; same place everywhere. */
export function ClientStripe({ client, facts }: { client: Client; facts: string[] }) {
  const navigate = useNavigate()
  return (
    <section className="k-stripe" data-hue={hue(client)} aria-label={t('stripe.label')}>
      <b className="code">{client.code}</b>
      <Link className="name k-clip" to="/clients/$clientId" params={{ clientId: String(client.id) }}>{client.name}</Link>
      <span className="kana k-clip">{client.name_kana}</span>
      {client.state === 'ended' && <Status kind="off" pill>{t('stripe.ended')}</Status>}
      <span className="facts">{facts.map((fact, i) => <span key={i}>{i > 0 && <i />}{fact}</span>)}</span>
      <Button size="s" className="k-bare" prefix={<FaRightLeftIcon />} onClick={() => void navigate({ to: '/clients' })}>{t('stripe.switch')}</Button>
      <Button size="s" className="k-bare" onClick={() => void navigate({ to: '/' })}><FaXmarkIcon alt={t('stripe.close')} /></Button>
    </section>
  )
}
