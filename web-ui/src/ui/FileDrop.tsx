import { useRef, useState, type ReactNode } from 'react'
import { Button } from 'smarthr-ui'
import { t } from '../i18n'

type Props = { accept: string; label: string; multiple?: boolean; disabled?: boolean; children?: ReactNode; onFiles: (files: File[]) => void }

/** A place to drop a file, with a button that does the same for the keyboard. */
export function FileDrop({ accept, label, multiple, disabled, children, onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length && !disabled) onFiles(multiple ? files : files.slice(0, 1))
  }
  return (
    <div
      className={over ? 'k-drop over' : 'k-drop'}
      onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
      onDrop={(e) => { e.preventDefault(); setOver(false); take(e.dataTransfer.files) }}
    >
      <input
        ref={input} className="k-sr" type="file" tabIndex={-1} accept={accept} multiple={multiple} aria-label={label}
        onChange={(e) => { take(e.target.files); e.target.value = '' }}
      />
      <p>{t('drop.here')}</p>
      <Button disabled={disabled} onClick={() => input.current?.click()}>{label}</Button>
      {children && <div className="k-sub">{children}</div>}
    </div>
  )
}
