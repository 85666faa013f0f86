import type { ReactNode } from 'react'
import { Kbd } from '../../ui'

const inline = (text: string): ReactNode[] =>
  text.split(/(\*\*.+?\*\*|\[\[.+?\]\])/).map((part, i) => {
    if (part.startsWith('**')) return <b key={i}>{part.slice(2, -2)}</b>
    if (part.startsWith('[[')) return <Kbd key={i}>{part.slice(2, -2)}</Kbd>
    return part
  })

function block(lines: string[], key: number): ReactNode {
  if (lines[0].startsWith('## ')) {
    const rest = lines.slice(1)
    return <section key={key}><h2>{lines[0].slice(3)}</h2>{rest.length > 0 && block(rest, 0)}</section>
  }
  if (lines[0].startsWith('- ')) return <ul key={key}>{lines.map((line, i) => <li key={i}>{inline(line.slice(2))}</li>)}</ul>
  if (/^\d+\. /.test(lines[0])) return <ol key={key}>{lines.map((line, i) => <li key={i}>{inline(line.replace(/^\d+\. /, ''))}</li>)}</ol>
  return <p key={key}>{inline(lines.join(''))}</p>
}

/** The few forms that the manual uses; see pages.ja.ts. */
export const Prose = ({ text }: { text: string }) => (
  <div className="prose">{text.trim().split(/\n{2,}/).map((part, i) => block(part.split('\n'), i))}</div>
)
