import { useEffect, useRef, useState } from 'react'
import { useSession } from '../../api/session'
import { t } from '../../i18n'
import { Button, Checkbox, FaPrintIcon, format, Note } from '../../ui'
import { CopyButton } from './CopyButton'
import './own.css'

/** 予備コード: shown this once. The way on opens when the person has put them away. */
export function KeepCodes({ codes, action, onDone }: { codes: string[]; action: string; onDone: () => void }) {
  const { office_name, login_id } = useSession()
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => sheet.current?.focus({ preventScroll: true }), [])
  const [kept, setKept] = useState(false)
  useEffect(() => {
    if (kept) return
    const ask = (e: BeforeUnloadEvent) => e.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [kept])
  return (
    <div className="k-col">
      <Note kind="soon">{t('codes.once')}</Note>
      <section ref={sheet} tabIndex={-1} className="k-sheet" aria-labelledby="codes-title">
        <header><h3 id="codes-title">{t('codes.title')}</h3><span className="k-xs">{t('codes.sheet', { office: office_name, login_id, day: format.day(Date.now() / 1000) })}</span></header>
        <ol>{codes.map((code) => <li key={code}>{code}</li>)}</ol>
        <p className="k-xs">{t('codes.use')}</p>
      </section>
      <div className="k-row">
        <Button size="s" prefix={<FaPrintIcon />} onClick={() => window.print()}>{t('codes.print')}</Button>
        <CopyButton text={codes.join('\n')} />
      </div>
      <Checkbox checked={kept} onChange={(e) => setKept(e.target.checked)}>{t('codes.kept')}</Checkbox>
      <div><Button variant="primary" disabled={!kept} onClick={() => kept && onDone()}>{action}</Button></div>
    </div>
  )
}
