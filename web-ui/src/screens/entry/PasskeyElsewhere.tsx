import type { PasskeyPlace } from '../../api/passkeys'
import { rich } from '../../i18n'

/** Opened by address, or under another name: why no passkeys are offered, and where they are. */
export function PasskeyElsewhere({ place }: { place: PasskeyPlace }) {
  if (place.state !== 'elsewhere') return null
  const to = `${place.url}${location.pathname}${location.search}`
  return <p className="k-sub">{rich('passkey.elsewhere', { url: <a key="url" href={to}>{place.url}</a> })}</p>
}
