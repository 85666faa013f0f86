import { Link } from '@tanstack/react-router'
import { t } from '../i18n'
import { Page } from '../ui'

/** Gone, mistyped, or not for this person: the daemon does not tell which, and neither does this page. */
export const NotFound = () => (
  <Page title={t('page.not_found')}>
    <div className="k-card k-empty"><p>{t('page.not_found_body')}</p><p><Link to="/">{t('page.to_home')}</Link></p></div>
  </Page>
)
