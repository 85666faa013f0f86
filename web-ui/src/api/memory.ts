import { useState } from 'react'
import type { EmployeeSearch } from './employees'

// What a person at the screen typed or looked at, kept while the app is open and never in a URL. Gone with the session.
const typed = new Map<string, string>()
const walks = new Map<number, EmployeeSearch>()
export function forget() {
  typed.clear()
  walks.clear()
}

/** The text in the filter of a list: "back" finds the list as it was. */
export function useTyped(list: string): [string, (text: string) => void] {
  const [text, setText] = useState(typed.get(list) ?? '')
  return [text, (next) => { typed.set(list, next); setText(next) }]
}

/** The list that a person was opened from, per client: Alt+↑/↓ on the page of a person walks on in it. */
export const rememberWalk = (clientId: number, wanted: EmployeeSearch) => { walks.set(clientId, wanted) }
export const walkOf = (clientId: number) => walks.get(clientId)
