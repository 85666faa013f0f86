// What every screen must hold: no CSP violation, no console error, no request to another host, and
// nothing serious that axe finds. Collected while a journey runs, asked for at its end.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../../web-ui/package.json', import.meta.url))
export const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

export class Watched {
  faults = []

  static async open(browser, office, size = { width: 1440, height: 900 }, more = {}) {
    const watched = new Watched()
    // The office's own authority is not in Chromium's store; the HTTP tests check the certificate.
    watched.context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: size, locale: 'ja-JP', reducedMotion: 'reduce', timezoneId: 'Asia/Tokyo', baseURL: office.url, ...more })
    await watched.context.addInitScript(() => {
      window.violations = []
      document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`))
    })
    watched.page = await watched.context.newPage()
    watched.page.setDefaultTimeout(15_000)
    watched.page.on('console', (message) => {
      // The browser itself reports an answer of 4xx there; the journeys ask for some on purpose.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) watched.faults.push(`console: ${message.text()}`)
    })
    watched.page.on('pageerror', (error) => watched.faults.push(`page error: ${error.message}`))
    watched.page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (protocol !== 'blob:' && protocol !== 'data:' && origin !== office.url) watched.faults.push(`foreign request: ${request.url()}`)
    })
    return watched
  }

  /** Looks at the screen as it is: a picture, axe, sideways scrolling. */
  async look(name) {
    const { page } = this
    await page.waitForLoadState('networkidle').catch(() => {})
    // A dialog that is still fading in has no contrast yet.
    await page.evaluate(() => Promise.race([
      Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
      new Promise((done) => setTimeout(done, 1500)),
    ]))
    await page.waitForTimeout(250)
    await page.screenshot({ path: join(process.env.SHOTS ?? 'build/check/shots', `${name}.png`) })
    // axe comes as a script, which the page's own policy rightly refuses: it is run by the debugger.
    await page.evaluate(axe)
    const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`))
    this.faults.push(...found.map((text) => `axe on ${name}: ${text}`))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) this.faults.push(`${name} scrolls sideways by ${wide} px`)
    this.faults.push(...(await page.evaluate(() => window.violations.splice(0))).map((text) => `CSP on ${name}: ${text}`))
  }

  async close() {
    await this.context.close()
    if (this.faults.length > 0) throw new Error([...new Set(this.faults)].join('\n'))
  }
}
