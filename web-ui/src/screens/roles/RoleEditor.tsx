import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useAccounts } from '../../api/accounts'
import { faultsOf, problemText } from '../../api/problem'
import { allowedFor, changeRole, createRole, wordsOf, type AccountClass, type Role } from '../../api/roles'
import { t } from '../../i18n'
import { Checkbox, ConfirmDialog, Fieldset, FormControl, Input, Note, RadioButton, toast } from '../../ui'
import { groupTitle, inGroups, isSpecific, type RoleMatrix } from './words'

const classes = ['staff', 'administrator', 'client'] as const

type Props = { matrix: RoleMatrix; role?: Role; from?: Role; onClose: () => void }

/** A role of the office's own: anew, as a copy of another one, or changed. */
export function RoleEditor({ matrix, role, from, onClose }: Props) {
  const queries = useQueryClient()
  const { data: lines = [] } = useAccounts()
  const focus = useRef<HTMLInputElement>(null)
  const start = role ?? from
  const [name, setName] = useState(role?.ja ?? (from ? t('roles.copy_of', { name: wordsOf(from) }) : ''))
  const [of, setOf] = useState<AccountClass>(start?.account_class ?? 'staff')
  const [picked, setPicked] = useState<string[]>(start?.rights ?? [])
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const people = role ? lines.filter((line) => line.account.roles.includes(role.role)).length : 0
  const allowed = allowedFor(of, matrix.roles, matrix.rights)
  const rights = picked.filter((right) => allowed.includes(right))
  const toggle = (right: string) => setPicked(picked.includes(right) ? picked.filter((x) => x !== right) : [...picked, right])
  const save = async () => {
    setBusy(true)
    setFault(undefined)
    const wish = { name: name.trim(), account_class: of, rights: matrix.rights.map((facts) => facts.right).filter((right) => rights.includes(right)) }
    try {
      const done = await (role ? changeRole(role, wish) : createRole(wish))
      toast('done', t(role ? 'roles.changed' : 'roles.created', { name: done.ja }))
      await Promise.all(['roles', 'accounts', 'account-ledger'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog open size="L" focus={focus} title={t(role ? 'roles.edit_title' : 'roles.add_title')} action={t(role ? 'action.save' : 'roles.add_action')} undo={t(role ? 'roles.edit_undo' : 'roles.add_undo')}
      busy={busy || name.trim() === '' || rights.length === 0} error={fault === undefined ? undefined : problemText(fault)} onClose={onClose} onDone={() => void save()}>
      {people > 0 && <Note kind="soon">{t('roles.edit_in_use', { n: people })}</Note>}
      <FormControl label={t('roles.name')} errorMessages={faultsOf(fault, 'name')}>
        <Input ref={focus} width="100%" autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} /></FormControl>
      <Fieldset legend={t('roles.of')} helpMessage={people > 0 ? t('roles.of_fixed') : undefined} errorMessages={faultsOf(fault, 'account_class')}>
        <div className="role-of">{classes.map((one) => <RadioButton key={one} name="class" checked={of === one} disabled={people > 0 && of !== one} onChange={() => setOf(one)}>{t(`roles.class.${one}`)}</RadioButton>)}</div>
      </Fieldset>
      <div className="role-rights">
        {inGroups(matrix.rights.filter((facts) => allowed.includes(facts.right))).map((one) => (
          <fieldset className="pick" key={one.group}>
            <legend>{groupTitle(one.group)}{one.rights.some(isSpecific) && <b className="role-tag specific">{t('roles.specific')}</b>}</legend>
            {one.rights.map((facts) => (
              <Checkbox key={facts.right} checked={picked.includes(facts.right)} onChange={() => toggle(facts.right)}
                disabled={people > 0 && facts.guarded && !role?.rights.includes(facts.right)}>
                {wordsOf(facts)}{facts.guarded && <b className="role-tag heavy">{t('roles.guarded')}</b>}</Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
      {people > 0 && <p className="k-sub">{t('roles.edit_guarded')}</p>}
      {[...(faultsOf(fault, 'rights') ?? []), ...(faultsOf(fault, 'roles') ?? [])].map((text) => <p key={text} className="k-fault" role="alert">{text}</p>)}
    </ConfirmDialog>
  )
}
