import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { Kbd, Note } from '../../ui'

const forms = /(\*\*.+?\*\*|\[\[.+?\]\]|`.+?`|\[.+?\]\(.+?\))/

function word(text: string, key: number): ReactNode {
  if (text.startsWith('**')) return <b key={key}>{text.slice(2, -2)}</b>
  if (text.startsWith('[[')) return <Kbd key={key}>{text.slice(2, -2)}</Kbd>
  if (text.startsWith('`')) return <code key={key} className="k-mono">{text.slice(1, -1)}</code>
  const link = /^\[(.+?)\]\((.+?)\)$/.exec(text)
  if (!link) return text
  // a path of the server is a download, anything else a page of the help
  return link[2].startsWith('/') ? <a key={key} href={link[2]} download>{link[1]}</a>
    : <Link key={key} to="/help/$page" params={{ page: link[2] }}>{link[1]}</Link>
}
const inline = (text: string): ReactNode[] => text.split(forms).map(word)

function block(lines: string[], key: number): ReactNode {
  if (lines[0].startsWith('## ')) {
    const rest = lines.slice(1)
    return <section key={key}><h3>{lines[0].slice(3)}</h3>{rest.length > 0 && block(rest, 0)}</section>
  }
  if (lines[0].startsWith('- ')) return <ul key={key}>{lines.map((line, i) => <li key={i}>{inline(line.slice(2))}</li>)}</ul>
  if (/^\d+\. /.test(lines[0])) return <ol key={key}>{lines.map((line, i) => <li key={i}>{inline(line.replace(/^\d+\. /, ''))}</li>)}</ol>
  if (lines[0].startsWith('$ ')) return <pre key={key} className="cmd">{lines.map((line) => line.slice(2)).join('\n')}</pre>
  if (lines[0].startsWith('! ')) return <Note key={key} kind="soon">{inline(lines.join('').slice(2))}</Note>
  return <p key={key}>{inline(lines.join(''))}</p>
}

/** The few forms that the manual uses; see pages.ts. */
export const Prose = ({ text }: { text: string }) => (
  <div className="prose">{text.trim().split(/\n{2,}/).map((part, i) => block(part.split('\n'), i))}</div>
)
