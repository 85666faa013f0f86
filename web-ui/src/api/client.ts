// The typed way to the daemon. Paths, bodies and answers come from the contract (schema.d.ts); nothing else calls fetch.
import type { paths } from './schema'
import { overtaken, remedy, tokenIsNew, withRemedies } from './again'
import { Problem } from './problem'

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'
type At<V extends Verb> = { [P in keyof paths]: paths[P] extends Record<V, { responses: unknown }> ? P : never }[keyof paths]
type Operation<P extends keyof paths, V extends Verb> = V extends keyof paths[P] ? paths[P][V] : never
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined
type Good<R> = R[keyof R & (200 | 201 | 202 | 204)]
export type Answer<P extends keyof paths, V extends Verb> =
  Operation<P, V> extends { responses: infer R } ? Json<Good<R>> : never
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Q : undefined
type BodyOf<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : undefined

export type Parts<O> = {
  /** values of the {segments} of the path */
  at?: Record<string, string | number>
  query?: QueryOf<O>
  body?: BodyOf<O>
  /** row version for If-Match: the daemon refuses to overwrite what someone else changed meanwhile */
  version?: number
  /** the same key for every retry of one creation */
  key?: string
  /** the answer brings a new token (again.ts) */
  renews?: boolean
  signal?: AbortSignal
}

let csrfToken = ''
/** Kept in memory only; comes with the session. */
export const setCsrfToken = (token: string) => {
  csrfToken = token
  tokenIsNew()
}

export const whenSignedOut = (act: () => void) =>
  remedy('sign_in_needed', async (sent) => {
    if (await overtaken(sent)) return true
    act()
    return false
  })
// This device may not be used (any more) for the account of the session.
const shutOut = ['device_certificate_needed', 'device_certificate_revoked', 'device_certificate_expired', 'device_certificate_foreign', 'device_certificate_unknown']
export const isShutOut = (fault: unknown): fault is Problem => fault instanceof Problem && shutOut.includes(fault.code)
export const whenShutOut = (act: (code: string) => void) =>
  shutOut.forEach((code) => remedy(code, () => {
    act(code)
    return Promise.resolve(false)
  }))
/** Another tab goes on under a new token: `refresh` fetches it, and tells whether it is still the same person's. */
export const whenTokenWrong = (refresh: () => Promise<boolean>) =>
  remedy('csrf_token_wrong', async (sent) => (await overtaken(sent)) || refresh())

/** Rights may be taken away while a screen is open: the screen is told, the request is not tried again. */
export const whenNotPermitted = (act: () => void) =>
  remedy('not_permitted', () => { act(); return Promise.resolve(false) })

export function address(path: string, at: Record<string, string | number> = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(at[name] ?? '')))
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') asked.set(name, String(value))
  }
  const tail = asked.toString()
  return tail ? `${filled}?${tail}` : filled
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}))
  return new Problem(response.status, typeof body === 'object' && body !== null ? body : {})
}

async function send(verb: Verb, url: string, headers: Record<string, string>, body: BodyInit | undefined, signal?: AbortSignal) {
  if (verb !== 'get') headers['X-CSRF-Token'] = csrfToken
  let response: Response
  try {
    response = await fetch(url, { method: verb.toUpperCase(), headers, body, signal, credentials: 'same-origin', cache: 'no-store' })
  } catch (fault) {
    if (signal?.aborted) throw fault
    throw new Problem(0, {})
  }
  if (response.ok) return response
  throw await problemOf(response)
}

export async function call<V extends Verb, P extends At<V>>(verb: V, path: P, parts: Parts<Operation<P, V>> = {}): Promise<Answer<P, V>> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (parts.body !== undefined) headers['Content-Type'] = 'application/json'
  if (parts.version !== undefined) headers['If-Match'] = `"${parts.version}"`
  if (parts.key) headers['Idempotency-Key'] = parts.key
  const body = parts.body === undefined ? undefined : JSON.stringify(parts.body)
  const url = address(String(path), parts.at, parts.query ?? {})
  const response = await withRemedies(() => send(verb, url, headers, body, parts.signal), parts.renews)
  const type = response.headers.get('Content-Type') ?? ''
  return (type.includes('json') ? await response.json() : undefined) as Answer<P, V>
}

export const get = <P extends At<'get'>>(path: P, parts?: Parts<Operation<P, 'get'>>) => call('get', path, parts)
export const post = <P extends At<'post'>>(path: P, parts?: Parts<Operation<P, 'post'>>) => call('post', path, parts)
export const put = <P extends At<'put'>>(path: P, parts?: Parts<Operation<P, 'put'>>) => call('put', path, parts)
export const patch = <P extends At<'patch'>>(path: P, parts?: Parts<Operation<P, 'patch'>>) => call('patch', path, parts)
export const remove = <P extends At<'delete'>>(path: P, parts?: Parts<Operation<P, 'delete'>>) => call('delete', path, parts)

export const newKey = () => crypto.randomUUID()

type Upload = { url: string; file: Blob; headers: Record<string, string>; onProgress: (sent: number) => void; signal?: AbortSignal }
const sendFile = <T>({ url, file, headers, onProgress, signal }: Upload) =>
  new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    for (const [name, value] of Object.entries({ ...headers, 'X-CSRF-Token': csrfToken })) request.setRequestHeader(name, value)
    request.upload.onprogress = (e) => onProgress(e.loaded)
    request.onload = () => {
      const body: unknown = request.response
      if (request.status < 300) return resolve(body as T)
      reject(new Problem(request.status, typeof body === 'object' && body !== null ? body : {}))
    }
    request.onerror = () => reject(new Problem(0, {}))
    request.onabort = () => reject(new Problem(0, { code: 'cancelled' }))
    signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })

/** Uploads a file as the raw body, with progress in bytes. fetch cannot tell how far an upload is; XMLHttpRequest can. */
export const upload = <T>(url: string, file: Blob, headers: Record<string, string>, onProgress: (sent: number) => void, signal?: AbortSignal) =>
  withRemedies(() => sendFile<T>({ url, file, headers, onProgress, signal }))

/** Fetches a file and hands it to the browser as a download. */
export async function download(url: string, name: string) {
  const response = await withRemedies(() => send('get', url, {}, undefined))
  saveFile(await response.blob(), name)
}
/** The same for a file that is made on request: what it is made of goes in the body. */
export async function downloadMade(url: string, body: unknown, name: string) {
  const made = () => send('post', url, { 'Content-Type': 'application/json' }, JSON.stringify(body))
  saveFile(await (await withRemedies(made)).blob(), name)
}
export function saveFile(content: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000)
}
