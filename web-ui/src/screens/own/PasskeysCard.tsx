import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { addPasskey, removePasskey, renamePasskey, useOwnPasskeys, usePasskeyPlace, usualName, type Passkey } from '../../api/passkeys'
import { faultsOf, Problem, problemText } from '../../api/problem'
import { changeSession, useSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, Card, ConfirmDialog, format, FormControl, Input, Note, toast } from '../../ui'
import { PasskeyElsewhere } from '../entry/PasskeyElsewhere'
import { KeepCodes } from './KeepCodes'

type Asking = { what: 'add' } | { what: 'rename' | 'remove'; passkey: Passkey }

/** パスキー: those of this person, one more, another name, the end of one. */
export function PasskeysCard() {
  const queries = useQueryClient()
  const session = useSession()
  const place = usePasskeyPlace()
  const { data: passkeys } = useOwnPasskeys()
  const [asking, setAsking] = useState<Asking>()
  const [name, setName] = useState('')
  const [codes, setCodes] = useState<string[]>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const ask = (next?: Asking) => {
    setAsking(next)
    setFault(undefined)
    if (next) setName(next.what === 'add' ? usualName(navigator.userAgent) : next.passkey.name)
  }
  const refresh = () => queries.invalidateQueries({ queryKey: ['own'] })
  const act = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      await work()
      ask()
      await refresh()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  const add = async () => {
    const fresh = await addPasskey(name.trim())
    if (fresh.length > 0) setCodes(fresh)
    toast('done', t('passkey.added'))
  }
  const rename = async (id: number) => { await renamePasskey(id, name.trim()) }
  const remove = async (id: number) => {
    await removePasskey(id)
    const last = passkeys?.length === 1
    if (last) changeSession({ passkey: false, second_factor: session.totp })
    toast('done', t('passkey.removed'))
  }
  const underName = faultsOf(fault, 'name')
  const error = fault === undefined || (fault instanceof Problem && underName?.length) ? undefined : problemText(fault)
  const nameBox = (
    <FormControl label={t('passkey.name')} helpMessage={t('passkey.name_help')} errorMessages={underName?.length ? underName : undefined}>
      <Input width="100%" maxLength={50} value={name} onChange={(e) => setName(e.target.value)} />
    </FormControl>
  )
  return (
    <Card title={t('passkey.title')} id="own-passkeys" count={passkeys && t('common.unit.items', { n: passkeys.length })}>
      <div className="in k-col">
        {codes && <KeepCodes codes={codes} action={t('codes.close')} onDone={() => setCodes(undefined)} />}
        {!codes && (
          <>
            <p className="k-sub">{t('passkey.what')}</p>
            {passkeys && passkeys.length > 0 && (
              <ul className="passkeys">
                {passkeys.map((passkey) => (
                  <li key={passkey.id}>
                    <b>{passkey.name}</b>
                    <span className="k-xs">{t('passkey.made', { day: format.day(passkey.created_at) })}　{passkey.last_used_at ? t('passkey.used', { at: format.moment(passkey.last_used_at) }) : t('passkey.unused')}</span>
                    {place && place.url !== '' && !place.url.startsWith(`https://${passkey.host}`) && <span className="k-xs">{t('passkey.other_host', { host: passkey.host })}</span>}
                    <span className="k-row">
                      <Button size="s" onClick={() => ask({ what: 'rename', passkey })}>{t('passkey.rename')}<span className="k-sr">{t('passkey.which', { name: passkey.name })}</span></Button>
                      <Button size="s" onClick={() => ask({ what: 'remove', passkey })}>{t('passkey.remove')}<span className="k-sr">{t('passkey.which', { name: passkey.name })}</span></Button>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {place && <PasskeyElsewhere place={place} />}
            {place?.state === 'nowhere' && <Note>{t('error.passkey_host_unknown')}</Note>}
            {place?.state === 'unable' && <Note>{t('error.passkey_not_supported')}</Note>}
            {place?.state === 'ready' && <div><Button onClick={() => ask({ what: 'add' })}>{t('passkey.add')}</Button></div>}
          </>
        )}
      </div>
      <ConfirmDialog open={asking?.what === 'add'} title={t('passkey.add_title')} action={t('passkey.add')} undo={t('passkey.add_undo')} busy={busy || !name.trim()} error={error}
        onClose={() => ask()} onDone={() => void act(add)}>
        {nameBox}
        <p>{t('passkey.add_body')}</p>
      </ConfirmDialog>
      <ConfirmDialog open={asking?.what === 'rename'} title={t('passkey.rename_title')} action={t('passkey.rename_action')} undo={t('passkey.rename_undo')} busy={busy || !name.trim()} error={error}
        onClose={() => ask()} onDone={() => void act(() => (asking?.what === 'rename' ? rename(asking.passkey.id) : Promise.resolve()))}>
        {nameBox}
      </ConfirmDialog>
      <ConfirmDialog open={asking?.what === 'remove'} weight="checked" title={t('passkey.remove_title')} action={t('passkey.remove')} undo={t('passkey.remove_undo')} busy={busy} error={error}
        onClose={() => ask()} onDone={() => void act(() => (asking?.what === 'remove' ? remove(asking.passkey.id) : Promise.resolve()))}>
        <p>{t('passkey.remove_body', { name: asking?.what === 'remove' ? asking.passkey.name : '' })}</p>
      </ConfirmDialog>
    </Card>
  )
}
