import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { faultsOf } from '../../api/problem'
import { sessionQuery, useSetupState } from '../../api/session'
import { FormControl, Input } from '../../ui'
import { passwordRules, usualPolicy } from './password'
import { PasswordRules } from './PasswordRules'

/** What is typed for a new password. `names`: the words that must not stand in it. Only two different entries are not sent:
    the office may have set other rules than those that are shown, and the daemon decides. */
export function useNewPassword(names: string[]) {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const setUp = useSetupState()?.password_rules
  const { data: session } = useQuery({ ...sessionQuery, enabled: false }) // whoever is signed in has rules of their class
  const policy = session?.password_rules ?? setUp ?? usualPolicy
  const rules = passwordRules(password, again, names, policy)
  return { password, setPassword, again, setAgain, rules, policy, ready: rules.match }
}

type Props = { label: string; again: string; focus?: boolean; entry: ReturnType<typeof useNewPassword>; fault: unknown }

/** A new password, typed twice, above its rules. */
export const NewPassword = ({ label, again, focus, entry, fault }: Props) => (
  <>
    <div className="pair">
      <FormControl label={label} errorMessages={faultsOf(fault, 'password')}>
        <Input width="100%" type="password" autoComplete="new-password" autoFocus={focus} value={entry.password} onChange={(e) => entry.setPassword(e.target.value)} />
      </FormControl>
      <FormControl label={again}>
        <Input width="100%" type="password" autoComplete="new-password" value={entry.again} onChange={(e) => entry.setAgain(e.target.value)} />
      </FormControl>
    </div>
    <PasswordRules rules={entry.rules} policy={entry.policy} />
  </>
)
