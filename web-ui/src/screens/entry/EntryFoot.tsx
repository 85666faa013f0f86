import { chooseLanguage, language, t } from '../../i18n'

/** Below sign-in and set-up: where the page comes from, the authority of its certificate, the other language. */
export const EntryFoot = () => (
  <footer className="k-xs">
    <span>{t('sign_in.local')}</span>
    <a className="k-push" href="/kuramori-ca.crt" download>{t('sign_in.authority')}</a>
    <button type="button" className="k-link" onClick={() => chooseLanguage(language() === 'ja' ? 'en' : 'ja')}>{t('top.language')}</button>
  </footer>
)
