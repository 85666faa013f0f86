import { useEffect } from 'react'
import { t } from '../i18n'

// The title of the window: the screen, the open client, the product. Never a person: browsers keep titles.
const parts: { page?: string; client?: string } = {}
const show = () => { document.title = [parts.page, parts.client, t('product.name')].filter(Boolean).join(' | ') }

export function useTitle(part: keyof typeof parts, text: string | undefined) {
  useEffect(() => {
    if (text === undefined) return
    parts[part] = text
    show()
    return () => {
      if (parts[part] === text) delete parts[part]
      show()
    }
  }, [part, text])
}
