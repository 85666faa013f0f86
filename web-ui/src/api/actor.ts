import { useQuery } from '@tanstack/react-query'
import { get } from './client'
import { useSession } from './session'
import { t } from '../i18n'

/** Audit rows and jobs name people as "account:3", the server as "console:uid0", its own steps as "system:scheduler". */
export function useActorName(): (actor: string) => string {
  const session = useSession()
  const { data } = useQuery({
    queryKey: ['accounts'], queryFn: async () => (await get('/api/v1/accounts')).accounts,
    enabled: session.rights.includes('account.view'), staleTime: 60_000,
  })
  return (actor) => {
    const [kind, id] = actor.split(':')
    if (kind === 'console') return t('actor.console')
    if (kind === 'system') return t('actor.schedule')
    if (kind !== 'account') return actor // the daemon has put the name already
    if (Number(id) === session.account_id) return t('actor.me', { name: session.name })
    const known = data?.find(({ account }) => account.id === Number(id))
    if (known) return known.account.name
    return data ? t('actor.deleted', { id }) : t('actor.other') // ids are never used again
  }
}
