import { t } from '../../i18n'
import { Button, FaCopyIcon, toast } from '../../ui'

export const CopyButton = ({ text, label = t('action.copy') }: { text: string; label?: string }) => (
  <Button size="s" prefix={<FaCopyIcon />} onClick={() => void navigator.clipboard.writeText(text).then(() => toast('done', t('action.copied')))}>{label}</Button>
)
