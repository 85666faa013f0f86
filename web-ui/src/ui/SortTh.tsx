import type { ReactNode } from 'react'
import { Th } from 'smarthr-ui'

type Props = { by: string; sort: string; onSort: (sort: string) => void; className?: string; children: ReactNode }

/** A sortable head cell. `sort` is the list's order as the URL writes it: a field, with a leading "-" for descending. */
export const SortTh = ({ by, sort, onSort, className, children }: Props) => {
  const state = sort === by ? 'asc' : sort === `-${by}` ? 'desc' : 'none'
  return (
    <Th className={className} sort={state} onSort={() => onSort(state === 'asc' ? `-${by}` : by)} aria-sort={state === 'none' ? undefined : `${state}ending`}>
      {children}
    </Th>
  )
}
