// Two-step sign-in as people meet it: enrolling, codes, the phone left at home, a screen left open,
// proving again who one is, and a colleague who is locked out.
import assert from 'node:assert/strict'
import { fillSetUp, Office } from './office.mjs'
import { Authenticator } from './totp.mjs'
import { Watched } from './watch.mjs'

const password = '朝顔と三日月の長い合言葉を書く27'
const small = { width: 1366, height: 768 }

async function begin(browser) {
  const office = await Office.make('みなと社会保険労務士法人', { secondFactor: ['administrator', 'staff'] })
  await office.start()
  return { browser, office, watched: await Watched.open(browser, office, small) }
}

async function end({ office, watched }) {
  await watched?.context.close()
  await office.stop()
}

const button = (page, name) => page.getByRole('button', { name, exact: true })

async function givePassword(page, loginId, secret = password) {
  await page.getByLabel('ログインID').fill(loginId)
  await page.getByLabel('パスワード').fill(secret)
  await button(page, 'ログイン').click()
}

/** A browser of its own, after the password. */
async function another({ browser, office }) {
  const watched = await Watched.open(browser, office, small)
  await watched.page.goto('/sign-in')
  await givePassword(watched.page, 'sasaki')
  await watched.page.getByRole('heading', { name: '認証コードの入力' }).waitFor()
  return watched
}

async function enrolFirst(world) {
  const { office, watched } = world
  const { page } = watched
  const asked = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await fillSetUp(page, office.setupCode, { name: '佐々木　真理', password })
  await button(page, '登録してログイン').click()
  await page.getByRole('heading', { name: '二段階認証の設定' }).waitFor()
  await page.getByRole('img', { name: /QRコード/ }).waitFor()
  await page.goto('/clients') // no way around it
  await page.getByRole('heading', { name: '二段階認証の設定' }).waitFor()
  await page.locator('svg.qr path').waitFor()
  await watched.look('20-enrol')
  world.app = new Authenticator(await page.locator('.secret').innerText())
  await page.getByLabel('認証コード').fill('000000')
  await page.getByText('コードが違います').waitFor()
  await watched.look('21-enrol-wrong')
  await page.getByLabel('認証コード').pressSequentially(await world.app.next())
  await page.getByRole('heading', { name: '予備コードの保管' }).waitFor()
  world.recovery = await page.locator('.k-sheet li').allInnerTexts()
  assert.equal(new Set(world.recovery).size, 10)
  assert.equal(await button(page, '蔵守を使い始める').getAttribute('aria-disabled'), 'true')
  await watched.look('22-recovery-codes')
  const own = ['/api/v1/setup', '/api/v1/session', '/api/v1/session/passkey', '/api/v1/own/second-factor', '/api/v1/own/second-factor/confirm']
  assert.deepEqual([...new Set(asked.filter((path) => path.startsWith('/api/')))].filter((path) => !own.includes(path)), [], 'asked before signing in was over')
  await page.getByRole('checkbox', { name: '保管しました' }).check()
  await button(page, '蔵守を使い始める').click()
  await page.waitForURL(office.url + '/clients') // where the person wanted to go
}

async function wrongCodeThenRight(world) {
  const other = await another(world)
  world.watched2 = other
  const { page } = other
  await other.look('23-code')
  await page.getByLabel('認証コード').fill('000000')
  await page.getByText('コードが違います').waitFor()
  await other.look('24-code-wrong')
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'code')
  await page.keyboard.type(await world.app.next()) // nobody presses a button
  await page.waitForURL(world.office.url + '/')
  await page.getByText('前回のログイン').first().waitFor()
  await other.look('25-home-previous')
}

async function recoveryCode(world) {
  const other = await another(world)
  const { page } = other
  await button(page, '予備コードを使う').click()
  await page.getByLabel('予備コード').fill(world.recovery[0].toLowerCase())
  await other.look('26-recovery')
  await page.keyboard.press('Enter')
  await page.waitForURL(world.office.url + '/')
  await page.getByText('予備コードを1つ使いました').waitFor()
  await other.close()
  const again = await another(world)
  await button(again.page, '予備コードを使う').click()
  await again.page.getByLabel('予備コード').fill(world.recovery[0])
  await button(again.page, 'ログイン').click()
  await again.page.getByText('すでに使われています').waitFor()
  await button(again.page, 'ログアウト').click()
  await again.page.waitForURL(/\/sign-in/)
  await again.close()
}

async function endOther(world) {
  const { watched, watched2 } = world
  const { page } = watched
  await page.getByRole('button', { name: /メニュー/ }).click()
  await page.getByRole('link', { name: 'アカウント設定' }).click()
  await page.getByRole('heading', { level: 1, name: 'アカウント設定' }).waitFor()
  await page.getByText('この端末').first().waitFor()
  await page.getByText('予備コードの残り：9個').waitFor()
  await page.getByText('コード違い').first().waitFor()
  await watched.look('27-own-account')
  const rows = page.locator('section', { has: page.getByRole('heading', { name: 'ログイン中の端末' }) }).locator('tbody tr')
  const before = await rows.count()
  assert.equal(before, 3)
  await rows.nth(1).getByRole('button', { name: /終了/ }).click()
  await page.getByText('からログアウトさせました。').waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[aria-labelledby="own-sessions"] tbody tr').length === 2)
  await button(page, 'ほかの端末をすべて終了').click()
  await watched.look('28-end-others')
  await page.getByRole('dialog').getByRole('button', { name: 'すべて終了' }).click()
  await page.getByText('ほかの端末をすべてログアウトさせました。').waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[aria-labelledby="own-sessions"] tbody tr').length === 1)
  await watched2.page.getByRole('link', { name: '顧問先', exact: true }).click()
  await watched2.page.waitForURL(/\/sign-in/)
  await watched2.close()
}

/** The daemon asks after five minutes; here the first answer is put into its mouth, the proof itself is real. */
async function refuseOnce(page, path) {
  let refused = false
  await page.route((url) => url.pathname === path, (route) => {
    if (refused || route.request().method() !== 'POST') return route.fallback()
    refused = true
    return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ status: 403, code: 'proof_needed', fields: [], request_id: 'test' }) })
  })
}

async function proveAgain(world) {
  const { watched } = world
  const { page } = watched
  const tab = await watched.context.newPage() // knows the token from before the proof
  await tab.goto('/jobs')
  await tab.getByRole('heading', { level: 1 }).waitFor()
  await page.goto('/accounts')
  await button(page, '利用者を追加').click()
  const form = page.getByRole('dialog', { name: '利用者の追加' })
  await form.getByLabel('氏名').fill('三浦　悠斗')
  await form.getByLabel('ログインID').fill('miura')
  await refuseOnce(page, '/api/v1/accounts')
  await form.getByRole('button', { name: '追加して設定コードを発行' }).click()
  const proof = page.getByRole('dialog', { name: '本人確認' })
  await proof.waitFor()
  await page.keyboard.press('Escape') // ends the question, not the form below it
  await proof.waitFor({ state: 'hidden' })
  await form.getByText('本人確認をしていないため').waitFor()
  await refuseOnce(page, '/api/v1/accounts')
  await form.getByRole('button', { name: '追加して設定コードを発行' }).click()
  await proof.waitFor()
  await watched.look('29-proof')
  await page.keyboard.type('これは違うパスワードです')
  await proof.getByLabel('認証コード').fill(await world.app.next())
  await proof.getByRole('button', { name: '確認して続ける' }).click()
  await proof.getByText('パスワードが違います').waitFor()
  await watched.look('30-proof-wrong')
  await proof.getByLabel('パスワード').fill(password)
  await proof.getByLabel('認証コード').fill(await world.app.next())
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: '設定コード' }).waitFor()
  await page.getByRole('dialog', { name: '設定コード' }).getByRole('button', { name: '控えたので閉じる' }).click()
  await page.getByRole('cell', { name: 'miura', exact: true }).waitFor()
  const listed = tab.waitForResponse((response) => response.url().endsWith('/clients/search') && response.ok())
  await tab.getByRole('link', { name: '顧問先', exact: true }).click()
  await listed
  await tab.close()
}

async function unlock(world) {
  const { watched, browser, office } = world
  const { page } = watched
  const other = await Watched.open(browser, office, small)
  await other.page.goto('/sign-in')
  for (let i = 0; i < 5; i += 1) {
    const answer = other.page.waitForResponse((response) => response.url().endsWith('/api/v1/session') && response.request().method() === 'POST')
    await givePassword(other.page, 'miura', `違うパスワード${i}`)
    await answer
  }
  await other.page.getByRole('alert').waitFor()
  await other.close()
  await page.goto('/accounts')
  await page.getByText('ロック中').waitFor()
  await watched.look('31-accounts-locked')
  await page.getByRole('button', { name: '三浦 悠斗さんのその他の操作' }).click()
  await watched.look('32-accounts-menu')
  await page.keyboard.press('Escape')
  await button(page, 'ロックを解除').click()
  await page.getByRole('dialog').getByRole('button', { name: 'ロックを解除' }).click()
  await page.getByText('三浦 悠斗さんのロックを解除しました。').waitFor()
  await page.getByText('ロック中').waitFor({ state: 'detached' })
}

async function renewCodes(world) {
  const { watched } = world
  const { page } = watched
  await page.goto('/account')
  await button(page, '予備コードを作り直す').click()
  await page.getByRole('dialog').getByRole('button', { name: '予備コードを作り直す' }).click()
  await page.locator('.k-sheet li').nth(9).waitFor()
  assert.ok(!(await page.locator('.k-sheet li').allInnerTexts()).includes(world.recovery[1]))
  await watched.look('33-codes-renewed')
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.locator('.k-sheet').isVisible())
  assert.ok(!(await page.locator('.k-nav').isVisible()), 'the sheet is printed alone')
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('checkbox', { name: '保管しました' }).check()
  await button(page, '表示を終了').click()
  await button(page, '解除').click()
  await page.getByRole('dialog').getByRole('checkbox').check()
  await page.getByRole('dialog').getByRole('button', { name: '解除' }).click()
  await page.getByText('二段階認証が必須のため、解除できません').waitFor()
  await watched.look('34-required')
  await watched.close()
  world.watched = undefined
}

export const journeys = {
  begin,
  end,
  steps: [
    ['the first administrator enrols a second factor before anything else', enrolFirst],
    ['signing in asks for a code, refuses a wrong one and goes on by itself with the right one', wrongCodeThenRight],
    ['a recovery code lets in once', recoveryCode],
    ['all other sessions are ended from the own account', endOther],
    ['a step that needs a fresh proof asks, and goes on with the answer', proveAgain],
    ['a locked colleague is shown and unlocked', unlock],
    ['recovery codes are renewed and printed alone; the office keeps its second factor', renewCodes],
  ],
}
