import { useEffect, useRef } from 'react'

/** "ctrl+Enter", "alt+ArrowDown", "Escape". Ignored while an IME composes; the default of the browser is suppressed. */
export function useKey(combination: string, act: () => void, on = true) {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    if (!on) return
    const parts = combination.split('+')
    const key = parts[parts.length - 1]
    const press = (e: KeyboardEvent) => {
      if (e.isComposing || e.defaultPrevented) return
      const ctrl = e.ctrlKey || e.metaKey
      if (e.key !== key || ctrl !== parts.includes('ctrl') || e.altKey !== parts.includes('alt')) return
      if (key !== 'Escape') e.preventDefault()
      latest.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [combination, on])
}
