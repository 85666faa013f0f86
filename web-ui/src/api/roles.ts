import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get } from './client'
import { language } from '../i18n'

export type Role = components['schemas']['Role']
export type RightFacts = components['schemas']['RightFacts']
export type AccountClass = components['schemas']['AccountClass']

/** The matrix: every right, every role, and whether heavy rights need two people. */
export const useRoles = () => useQuery({ queryKey: ['roles'], queryFn: () => get('/api/v1/roles'), staleTime: 60_000 }).data

export const wordsOf = (named: { ja: string; en: string }) => (language() === 'ja' ? named.ja : named.en)
export const saysOf = (role: Role) => (language() === 'ja' ? role.says : role.says_en)
/** A role with a right that a second administrator must approve. */
export const isGuarded = (role: Role, rights: RightFacts[]) => rights.some((facts) => facts.guarded && role.rights.includes(facts.right))
