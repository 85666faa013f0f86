// The versions of the dated sections (適用日): which is in force, what each changed, and what a typed 適用日 will do.
import type { DatedVersions } from '../../api/employees'
import { fullLabel, shown } from '../../forms/show'
import { pathOf, type Field, type RecordSpec, type Section } from '../../forms/spec'
import type { Change } from '../../ui'
import { thousands } from './words'

export type DatedSection = 'name' | 'address' | 'employment' | 'remuneration'
type Version = { valid_from?: string | null } & Record<string, unknown>
const lists: Record<DatedSection, keyof DatedVersions> = { name: 'names', address: 'addresses', employment: 'employments', remuneration: 'remunerations' }

/** Of one section, newest first. */
export const versionsOf = (all: DatedVersions, section: string): Version[] => (section in lists ? (all[lists[section as DatedSection]] as Version[]) : [])
const days = (versions: Version[]) => versions.map((v) => v.valid_from ?? '')

/** The 適用日 of the version in force on a day: the newest that has begun, else the first to come. */
export function inForce(versions: Version[], on: string): string | undefined {
  const all = days(versions)
  return all.find((day) => day <= on) ?? all.at(-1)
}

export type Entry = { day: string; section: string; when: 'past' | 'now' | 'future'; first: boolean; changes: Change[] }

/** Every version of every dated section, newest first, with what it changed against the version before it. */
export function timeline(spec: RecordSpec, all: DatedVersions, today: string): Entry[] {
  const entries = spec.sections.filter((s) => s.dated).flatMap((section): Entry[] => {
    const versions = versionsOf(all, section.id)
    const now = inForce(versions, today)
    return versions.map((version, i) => {
      const day = version.valid_from ?? ''
      const older = versions[i + 1]
      return { day, section: section.id, first: !older, when: day === now ? 'now' : day > today ? 'future' : 'past', changes: older ? differences(spec, section, older, version) : [] }
    })
  })
  return entries.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
}

// Pay in whole thousands: the list is narrow.
const short = (field: Field, value: unknown) => (field.kind === 'yen' ? thousands(value as number | null) : shown(field, value))

const differences = (spec: RecordSpec, section: Section, from: Version, to: Version): Change[] =>
  section.fields.filter((f) => !f.apart && !f.hidden && (from[f.name] ?? '') !== (to[f.name] ?? ''))
    .map((f) => ({ label: fullLabel(spec, pathOf(section, f)), from: short(f, from[f.name]), to: short(f, to[f.name]) }))

export type Effect =
  | { does: 'first' } | { does: 'first_day'; day: string } // nothing stored yet
  | { does: 'correct'; day: string } // the shown version
  | { does: 'other'; day: string } // another stored version
  | { does: 'add'; day: string; before?: string; next?: string } // a version between two

/** What saving does with a section whose 適用日 is `day`, while the version of `shownDay` is on the screen. */
export function effectOf(versions: Version[], shownDay: string, day: string): Effect {
  if (versions.length === 0) return day ? { does: 'first_day', day } : { does: 'first' }
  const all = days(versions)
  if (day === shownDay || day === '') return { does: 'correct', day: shownDay }
  if (all.includes(day)) return { does: 'other', day }
  return { does: 'add', day, before: all.find((d) => d < day), next: all.filter((d) => d > day).at(-1) }
}
