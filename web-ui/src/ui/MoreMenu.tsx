import { useId, useRef } from 'react'
import { FaEllipsisIcon } from 'smarthr-ui'

export type Choice = { label: string; act: () => void }

/** What is seldom done with a row, behind "…". The browser's own popover: nothing cuts it off, Esc and a click beside it close it. */
export function MoreMenu({ label, choices }: { label: string; choices: Choice[] }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const hide = () => menu.current?.hidePopover()
  const place = (opened: boolean) => {
    const [at, box] = [button.current?.getBoundingClientRect(), menu.current]
    if (!opened || !at || !box) return removeEventListener('scroll', hide, true)
    const below = at.bottom + 4 + box.offsetHeight <= innerHeight
    box.style.top = `${below ? at.bottom + 4 : at.top - 4 - box.offsetHeight}px`
    box.style.left = `${Math.max(8, at.right - box.offsetWidth)}px`
    addEventListener('scroll', hide, { capture: true, once: true })
  }
  return (
    <>
      <button ref={button} type="button" className="k-more" popoverTarget={id} title={label}><FaEllipsisIcon alt={label} /></button>
      <div ref={menu} id={id} popover="auto" className="k-popover" onToggle={(e) => place((e.nativeEvent as ToggleEvent).newState === 'open')}>
        {choices.map((choice) => <button key={choice.label} type="button" onClick={() => { hide(); choice.act() }}>{choice.label}</button>)}
      </div>
    </>
  )
}
