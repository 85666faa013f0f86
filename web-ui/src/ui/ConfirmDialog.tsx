import { useEffect, useState, type ReactNode, type RefObject } from 'react'
import { Checkbox, FormControl, FormDialog, Input } from 'smarthr-ui'
import { rich, t } from '../i18n'
import { Note, type ClientMark } from './bits'
import { sameName } from './kana'

type Props = {
  open: boolean
  title: string
  action: string
  /** whether, how and how long it can be undone */
  undo: ReactNode
  /** repeated on top: entering data for the wrong client is the worst slip */
  client?: ClientMark
  /** nothing existing changes (plain) · a ticked box (checked) · the name must be typed (typed) */
  weight?: 'plain' | 'checked' | 'typed'
  typedName?: string
  size?: 'M' | 'L' | 'XL'
  busy?: boolean
  error?: ReactNode
  /** where to start typing */
  focus?: RefObject<HTMLInputElement | null>
  children: ReactNode
  onClose: () => void
  onDone: () => void
}

export const DialogBand = ({ client }: { client: ClientMark }) => (
  <div className="k-dlg-client" data-hue={client.hue}>
    <b>{client.code}</b><span className="k-strong k-clip">{client.name}</span><small className="k-push">{t('dialog.target_client')}</small>
  </div>
)

/** Pattern for steps that change much: the client on top, what happens, whether it can be undone, then the confirmation. */
export function ConfirmDialog(props: Props) {
  const { open, client, weight = 'plain', size = 'M', busy = false } = props
  const [typed, setTyped] = useState('')
  const [ticked, setTicked] = useState(false)
  useEffect(() => {
    if (open) { setTyped(''); setTicked(false) }
  }, [open])
  const wanted = props.typedName ?? client?.name ?? ''
  const ready = weight === 'plain' || (weight === 'checked' ? ticked : sameName(typed, wanted))
  return (
    <FormDialog
      isOpen={open} title={props.title} size={size} actionText={props.action} actionTheme={weight === 'plain' ? 'primary' : 'danger'}
      actionDisabled={!ready || busy} decorators={{ closeButtonLabel: () => t('action.back') }} contentPadding={0}
      onSubmit={() => ready && !busy && props.onDone()} onClickClose={props.onClose} onPressEscape={props.onClose}
      firstFocusTarget={props.focus as RefObject<HTMLElement> | undefined}
    >
      {client && <DialogBand client={client} />}
      <div className="k-dlg-body">
        {props.children}
        <Note kind={weight === 'plain' ? 'doing' : 'soon'}>{props.undo}</Note>
        {props.error && <Note kind="alert" role="alert">{props.error}</Note>}
        {weight === 'checked' && (
          <Checkbox checked={ticked} onChange={(e) => setTicked(e.target.checked)}>{t('dialog.checked')}</Checkbox>
        )}
        {weight === 'typed' && (
          <FormControl label={<>{rich(props.typedName ? 'dialog.type_this' : 'dialog.type_name', { name: <span key="name" className="k-strong">{wanted}</span> })}</>} helpMessage={props.typedName ? undefined : t('dialog.type_name_help')}>
            <Input width="100%" value={typed} onChange={(e) => setTyped(e.target.value)} autoComplete="off" />
          </FormControl>
        )}
      </div>
    </FormDialog>
  )
}
