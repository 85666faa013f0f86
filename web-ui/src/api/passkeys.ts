// パスキー: between the daemon, which speaks base64url, and navigator.credentials, which speaks bytes.
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { renewal } from './again'
import { get, post, put, remove } from './client'
import { Problem } from './problem'
import type { components } from './schema'
import { changeSession, enterWith, goOnWith } from './session'

export type Passkey = components['schemas']['Passkey']
type Creation = components['schemas']['PasskeyCreation']
type Request = components['schemas']['PasskeyRequest']
type Given = components['schemas']['GivenPasskey']
type Made = Omit<components['schemas']['NewPasskey'], 'name'>

export const toBytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
export const toText = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** ready; opened under a name or an address that the passkeys are not made for; the office has no name; an old browser */
export type PasskeyPlace = { state: 'ready' | 'elsewhere' | 'nowhere' | 'unable'; url: string }

export const placeOf = (host: string, page: { hostname: string; port: string }, able: boolean): PasskeyPlace => {
  const url = host ? `https://${host}${page.port ? `:${page.port}` : ''}` : ''
  if (!host) return { state: 'nowhere', url }
  if (host !== page.hostname) return { state: 'elsewhere', url }
  return { state: able ? 'ready' : 'unable', url }
}

// The server's and the browser's, not a person's: unlike the queries it outlives signing out.
let place: Promise<PasskeyPlace> | undefined
const askPlace = async () => placeOf((await get('/api/v1/session/passkey')).host, location, typeof PublicKeyCredential === 'function')

/** Whether this page can use passkeys, and where it could; undefined until that is known. */
export function usePasskeyPlace() {
  const [known, setKnown] = useState<PasskeyPlace>()
  useEffect(() => {
    let shown = true
    place ??= askPlace()
    place.then((found) => { if (shown) setKnown(found) }, () => { place = undefined }) // unreachable: the next screen asks again
    return () => { shown = false }
  }, [])
  return known
}

/** What the browser says when it gives no passkey, as one of the codes that have a sentence. */
export function refusalOf(fault: unknown): unknown {
  const name = fault instanceof DOMException ? fault.name : ''
  const codes: Record<string, string> = {
    NotAllowedError: 'passkey_cancelled', AbortError: 'passkey_cancelled', SecurityError: 'passkey_not_here', InvalidStateError: 'passkey_on_device',
    NotSupportedError: 'passkey_not_supported', ConstraintError: 'passkey_not_supported',
  }
  return codes[name] ? new Problem(0, { code: codes[name] }) : fault
}

const idsOf = (hints: components['schemas']['CredentialHint'][]): PublicKeyCredentialDescriptor[] =>
  hints.map(({ id, transports }) => ({ type: 'public-key', id: toBytes(id), ...(transports.length > 0 && { transports: transports as AuthenticatorTransport[] }) }))

async function create(options: Creation): Promise<Made> {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(options.challenge),
      rp: { id: options.rp_id, name: '蔵守' },
      user: { id: toBytes(options.user_handle), name: options.user_name, displayName: options.user_display_name },
      pubKeyCredParams: options.algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: idsOf(options.exclude),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      timeout: options.timeout_ms,
    },
  }).catch((fault: unknown) => { throw refusalOf(fault) })
  const answer = (made as PublicKeyCredential).response as AuthenticatorAttestationResponse
  return { client_data: toText(answer.clientDataJSON), attestation: toText(answer.attestationObject), transports: answer.getTransports?.() ?? [] }
}

async function ask(options: Request): Promise<Given> {
  const given = (await navigator.credentials.get({
    publicKey: {
      challenge: toBytes(options.challenge), rpId: options.rp_id, allowCredentials: idsOf(options.allow), userVerification: 'required', timeout: options.timeout_ms,
    },
  }).catch((fault: unknown) => { throw refusalOf(fault) })) as PublicKeyCredential
  const answer = given.response as AuthenticatorAssertionResponse
  return {
    id: toText(given.rawId), client_data: toText(answer.clientDataJSON), authenticator_data: toText(answer.authenticatorData), signature: toText(answer.signature),
    ...(answer.userHandle && { user_handle: toText(answer.userHandle) }),
  }
}

/** In place of password and code. */
export async function signInWithPasskey() {
  const body = await ask(await post('/api/v1/session/passkey/options'))
  return renewal(post('/api/v1/session/passkey', { body, renews: true }).then(enterWith))
}
/** In place of a code, after the password. */
export async function givePasskey() {
  const body = await ask(await post('/api/v1/session/own-passkey/options'))
  return renewal(post('/api/v1/session/second-factor/passkey', { body, renews: true }).then(goOnWith))
}
/** 本人確認 */
export async function proveWithPasskey() {
  const body = await ask(await post('/api/v1/session/own-passkey/options'))
  return renewal(post('/api/v1/session/proof/passkey', { body, renews: true }).then(goOnWith))
}

/** The first second factor of an account that must have one; resolves to the recovery codes. */
export async function enrolPasskey(name: string) {
  const made = await create(await post('/api/v1/session/enrol/passkey/options'))
  return renewal(post('/api/v1/session/enrol/passkey', { body: { ...made, name }, renews: true }).then(({ codes, session }) => {
    goOnWith(session)
    return codes
  }))
}
/** One more; resolves to recovery codes when it is the first factor. */
export async function addPasskey(name: string) {
  const made = await create(await post('/api/v1/own/passkeys/options'))
  const { codes } = await post('/api/v1/own/passkeys', { body: { ...made, name } })
  changeSession({ second_factor: true, passkey: true })
  return codes
}
export const useOwnPasskeys = () => useQuery({ queryKey: ['own', 'passkeys'], queryFn: async () => (await get('/api/v1/own/passkeys')).passkeys })
export const renamePasskey = (id: number, name: string) => put('/api/v1/own/passkeys/{passkey_id}', { at: { passkey_id: id }, body: { name } })
export const removePasskey = (id: number) => remove('/api/v1/own/passkeys/{passkey_id}', { at: { passkey_id: id } })

/** What a passkey is called until its owner says otherwise. */
export function usualName(agent: string): string {
  const known: [RegExp, string][] = [[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'Mac'], [/Linux|CrOS/, 'Linux']]
  return known.find(([mark]) => mark.test(agent))?.[1] ?? 'Passkey'
}
