import type { ReactNode } from 'react'
import { EntryFoot } from './EntryFoot'
import { KuraSide } from './KuraWall'
import './entry.css'

/** The page of everything before the shell: the storehouse on the left, one box on the right. */
export const EntryFrame = ({ office, wide, children }: { office: string; wide?: boolean; children: ReactNode }) => (
  <div className="si">
    <KuraSide office={office} />
    <main>
      <div className={wide ? 'si-box wide' : 'si-box'}>{children}</div>
      <EntryFoot />
    </main>
  </div>
)
