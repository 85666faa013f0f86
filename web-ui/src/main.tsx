import './zod-plain' // first of all
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import './ui/tokens.css' // before other styles: it fixes the order of the cascade layers
import 'smarthr-ui/smarthr-ui.css'
import './ui/base.css'
import './screens/screens.css'
import { whenShutOut, whenSignedOut } from './api/client'
import { queries } from './api/queries'
import { forgetSession } from './api/session'
import { language, startLanguage } from './i18n'
import { router } from './router'
import { IntlProvider } from './ui'
import './ui/narrow.css' // last: it overrides the others

const toSignIn = (why: { expired?: boolean; refused?: string }) => {
  const { pathname, searchStr, search } = router.state.location
  if (pathname === '/sign-in' || pathname === '/setup') return
  queries.clear()
  forgetSession()
  const to = pathname === '/signing-in' ? search.to : pathname + searchStr
  void router.navigate({ to: '/sign-in', search: { to, ...why } })
}
whenSignedOut(() => toSignIn({ expired: true }))
whenShutOut((code) => toSignIn({ refused: code }))

void startLanguage().then(() => {
  document.documentElement.lang = language()
  createRoot(document.getElementById('root')!).render(
    <IntlProvider locale={language() === 'en' ? 'en-us' : 'ja'}>
      <QueryClientProvider client={queries}><RouterProvider router={router} /></QueryClientProvider>
    </IntlProvider>,
  )
})
