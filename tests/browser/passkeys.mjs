// パスキー with Chromium's own virtual authenticator: enrolled at the door, signed in with, asked for
// again, removed; and what is said to whoever opens the page by address.
import assert from 'node:assert/strict'
import { fillSetUp, Office } from './office.mjs'
import { Watched } from './watch.mjs'

const password = '朝顔と三日月の長い合言葉を書く27'
const small = { width: 1366, height: 768 }
const button = (page, name) => page.getByRole('button', { name, exact: true })

/** A computer with a fingerprint reader, on which nobody has to press anything. */
async function authenticatorOf(watched) {
  const cdp = await watched.context.newCDPSession(watched.page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    },
  })
  const credentials = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  return {
    credentials,
    verifies: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** What a copy of the key, made long ago, would answer. */
    async turnBack() {
      const [known] = await credentials()
      await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: known.credentialId })
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...known, signCount: 0 } })
      return () => cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: known.credentialId })
        .then(() => cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...known, signCount: known.signCount + 50 } }))
    },
  }
}

async function begin(browser) {
  const office = await Office.make('みなと社会保険労務士法人', { secondFactor: ['administrator', 'staff'] })
  await office.start()
  const watched = await Watched.open(browser, office, small)
  return { browser, office, watched, device: await authenticatorOf(watched) }
}

async function end({ office, watched }) {
  await watched?.context.close()
  await office.stop()
}

async function enrol(world) {
  const { office, watched, device } = world
  const { page } = watched
  await fillSetUp(page, office.setupCode, { name: '佐々木　真理', password })
  await button(page, '登録してログイン').click()
  await page.getByRole('heading', { name: '二段階認証の設定' }).waitFor()
  await page.locator('svg.qr path').waitFor() // the app is offered as well
  await watched.look('40-enrol-both')
  await device.verifies(false)
  await button(page, 'パスキーを登録').click()
  await page.getByText('パスキーの確認が終わりませんでした').waitFor()
  await watched.look('41-enrol-cancelled')
  await device.verifies(true)
  await button(page, 'パスキーを登録').click()
  await page.getByRole('heading', { name: '予備コードの保管' }).waitFor()
  assert.equal((await device.credentials()).length, 1)
  world.recovery = await page.locator('.k-sheet li').allInnerTexts()
  await page.getByRole('checkbox', { name: '保管しました' }).check()
  await button(page, '蔵守を使い始める').click()
  await page.waitForURL(office.url + '/')
}

async function signOut(page) {
  await page.getByRole('button', { name: /メニュー/ }).click()
  await page.getByRole('button', { name: 'ログアウト' }).or(page.getByRole('menuitem', { name: 'ログアウト' })).first().click()
  await page.waitForURL(/\/sign-in/)
}

async function signIn({ office, watched, device }) {
  const { page } = watched
  await signOut(page)
  await button(page, 'パスキーでログイン').waitFor()
  await watched.look('42-sign-in')
  await device.verifies(false)
  await button(page, 'パスキーでログイン').click()
  await page.getByText('パスキーの確認が終わりませんでした').waitFor()
  await watched.look('43-sign-in-cancelled')
  await device.verifies(true)
  await button(page, 'パスキーでログイン').click()
  await page.waitForURL(office.url + '/')
  await page.getByText('前回のログイン').first().waitFor()
}

async function copied({ office, watched, device }) {
  const { page } = watched
  await signOut(page)
  const restore = await device.turnBack()
  await button(page, 'パスキーでログイン').click()
  await page.getByText('このパスキーではログインできません').waitFor()
  await watched.look('44-sign-in-copied')
  await restore()
  await button(page, 'パスキーでログイン').click()
  await page.waitForURL(office.url + '/')
}

async function secondStep({ office, watched }) {
  const { page } = watched
  await signOut(page)
  await page.getByLabel('ログインID').fill('sasaki')
  await page.getByLabel('パスワード').fill(password)
  await button(page, 'ログイン').click()
  await page.getByRole('heading', { name: '二段階認証', exact: true }).waitFor()
  await watched.look('45-second-step')
  await button(page, '予備コードを使う').click()
  await page.getByLabel('予備コード').waitFor()
  await watched.look('46-second-step-paper')
  await button(page, 'パスキーを使う').click()
  await button(page, 'パスキーで確認').click()
  await page.waitForURL(office.url + '/')
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

async function stepUp({ watched, device }) {
  const { page } = watched
  await page.goto('/account')
  await page.getByRole('heading', { level: 2, name: 'パスキー' }).waitFor()
  await page.getByText('最後に使用').waitFor()
  await page.getByText('成功（パスキー）').first().waitFor()
  await page.getByText('パスキー違い').first().waitFor()
  await watched.look('47-own-passkeys')
  await button(page, 'パスキーを登録').click()
  const form = page.getByRole('dialog', { name: 'パスキーの登録' })
  await form.getByLabel('名前').fill('会議室のパソコン')
  await watched.look('48-add')
  await refuseOnce(page, '/api/v1/own/passkeys/options')
  await form.getByRole('button', { name: 'パスキーを登録' }).click()
  const proof = page.getByRole('dialog', { name: '本人確認' })
  await proof.waitFor()
  await watched.look('49-proof')
  await proof.getByRole('button', { name: 'パスキーで確認' }).click()
  await proof.waitFor({ state: 'hidden' })
  await form.getByText('パスキーがすでにあります').waitFor() // one device keeps one for each person
  await watched.look('50-add-again')
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'hidden' })
  assert.equal((await device.credentials()).length, 1)
  await page.getByText('本人確認（パスキー）').first().waitFor({ timeout: 1000 }).catch(() => page.reload())
  await page.getByText('本人確認（パスキー）').first().waitFor()
}

async function renameAndRemove(world) {
  const { page } = world.watched
  const { watched } = world
  const card = page.locator('section', { has: page.getByRole('heading', { level: 2, name: 'パスキー' }) })
  await card.getByRole('button', { name: /^名前を変更/ }).click()
  const form = page.getByRole('dialog', { name: 'パスキーの名前の変更' })
  await form.getByLabel('名前').fill('受付のパソコン')
  await form.getByRole('button', { name: '変更', exact: true }).click()
  await card.getByText('受付のパソコン', { exact: true }).waitFor()
  await card.getByRole('button', { name: /^削除/ }).click()
  const dialog = page.getByRole('dialog', { name: 'パスキーの削除' })
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '削除' }).click()
  await dialog.getByText('二段階認証が必須のため、解除できません').waitFor()
  await watched.look('51-last-stays')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  // another device of the same person: the first one can go then
  const other = await Watched.open(world.browser, world.office, small)
  await authenticatorOf(other)
  await other.page.goto('/sign-in')
  await other.page.getByLabel('ログインID').fill('sasaki')
  await other.page.getByLabel('パスワード').fill(password)
  await button(other.page, 'ログイン').click()
  await button(other.page, '予備コードを使う').click()
  await other.page.getByLabel('予備コード').fill(world.recovery[0])
  await other.page.keyboard.press('Enter')
  await other.page.waitForURL(world.office.url + '/')
  await other.page.goto('/account')
  await button(other.page, 'パスキーを登録').click()
  await other.page.getByRole('dialog').getByRole('button', { name: 'パスキーを登録' }).click()
  await other.page.getByText('パスキーを登録しました。').waitFor()
  const mine = other.page.locator('section', { has: other.page.getByRole('heading', { level: 2, name: 'パスキー' }) })
  await mine.getByRole('button', { name: /^削除.*受付/ }).click()
  await other.page.getByRole('dialog').getByRole('checkbox').check()
  await other.page.getByRole('dialog').getByRole('button', { name: '削除' }).click()
  await other.page.getByText('パスキーを削除しました。').waitFor()
  await other.look('52-removed')
  await other.close()
  await page.goto('/clients') // its session ended with the change
  await page.waitForURL(/\/sign-in/)
  await button(page, 'パスキーでログイン').click()
  await page.getByText('このパスキーではログインできません').waitFor()
}

async function byAddress(world) {
  const { browser, office, watched } = world
  await watched.close()
  world.watched = undefined
  const url = `https://127.0.0.1:${office.port}`
  const other = await Watched.open(browser, { url }, small)
  await other.page.goto('/sign-in')
  await other.page.getByText(`パスキーは ${office.url} で開いたときに使えます`).waitFor()
  assert.equal(await button(other.page, 'パスキーでログイン').count(), 0)
  await other.look('53-by-address')
  await other.page.getByLabel('ログインID').fill('sasaki')
  await other.page.getByLabel('パスワード').fill(password)
  await button(other.page, 'ログイン').click()
  await other.page.getByRole('heading', { name: '二段階認証', exact: true }).waitFor()
  await other.page.getByText('で開いたときに使えます').waitFor()
  await other.page.getByLabel('予備コード').fill(world.recovery[1])
  await other.look('54-by-address-second-step')
  await other.page.keyboard.press('Enter')
  await other.page.waitForURL(url + '/')
  await other.page.goto('/account')
  await other.page.getByText('で開いたときに使えます').first().waitFor()
  await other.look('55-by-address-account')
  await other.close()
}

export const journeys = {
  begin,
  end,
  steps: [
    ['a passkey is enrolled in place of an app, with recovery codes', enrol],
    ['a passkey signs in without password and code; a cancelled one says so', signIn],
    ['a copy of a passkey is refused', copied],
    ['a passkey is the second step after the password', secondStep],
    ['a passkey proves again who one is', stepUp],
    ['passkeys are renamed and removed, the last one of who must have one stays', renameAndRemove],
    ['opened by address the page explains where passkeys work', byAddress],
  ],
}
