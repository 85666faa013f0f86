import { useQuery } from '@tanstack/react-query'
import type { components } from './schema'
import { get, post } from './client'

export type RestorePoint = components['schemas']['RestorePoint']
export type BackupOverview = components['schemas']['BackupOverview']

export const useBackups = (on = true) =>
  useQuery({ queryKey: ['backups'], queryFn: () => get('/api/v1/backups'), refetchInterval: 30_000, enabled: on })
export const runBackup = () => post('/api/v1/backups')
export const verifyBackup = (id: number) => post('/api/v1/backups/{backup_id}/verify', { at: { backup_id: id } })
