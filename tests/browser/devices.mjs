// Certificates of devices as people meet them: handing one over, requiring it, losing the device.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fillSetUp, Office } from './office.mjs'
import { Watched } from './watch.mjs'

const password = '朝顔と三日月の長い合言葉を書く27'
const small = { width: 1366, height: 768 }
const button = (page, name) => page.getByRole('button', { name, exact: true })

async function begin(browser) {
  const office = await Office.make('みなと社会保険労務士法人')
  await office.start()
  return { browser, office, watched: await Watched.open(browser, office, small) }
}

async function end({ office, watched, holder, staff }) {
  for (const one of [watched, holder, staff]) await one?.context.close().catch(() => {})
  await office.stop()
}

async function signIn(page, loginId) {
  await page.getByLabel('ログインID').fill(loginId)
  await page.getByLabel('パスワード').fill(password)
  await button(page, 'ログイン').click()
}

/** A browser on a device with the certificate: the file and the passphrase are all it knows. */
const withCertificate = ({ browser, office }, { file, passphrase }) =>
  Watched.open(browser, office, small, { clientCertificates: [{ origin: office.url, pfx: file, passphrase }] })

/** Through the dialog, as an administrator does it. */
async function issue(page, watched, person, device, picture) {
  await button(page, '端末証明書を発行').click()
  const form = page.getByRole('dialog', { name: '端末証明書の発行' })
  await form.getByLabel('利用者').selectOption({ label: person })
  await form.getByLabel('端末', { exact: true }).fill(device)
  if (picture) await watched.look(`${picture}-issue`)
  await form.getByRole('button', { name: '発行', exact: true }).click()
  const hand = page.getByRole('dialog', { name: '証明書ファイルと合言葉' })
  const passphrase = await hand.locator('.passphrase').innerText()
  assert.equal(await hand.getByRole('button', { name: '控えたので閉じる' }).isDisabled(), true) // the file first
  const saved = page.waitForEvent('download')
  await hand.getByRole('button', { name: '証明書ファイルを保存' }).click()
  const download = await saved
  assert.match(download.suggestedFilename(), /^kuramori-.*\.p12$/)
  const file = readFileSync(await download.path())
  await hand.getByText('サーバーには残っていません').waitFor()
  if (picture) await watched.look(`${picture}-handover`)
  await hand.getByRole('button', { name: '控えたので閉じる' }).click()
  await page.getByRole('cell', { name: device }).first().waitFor()
  return { file, passphrase }
}

async function handOver(world) {
  const { office, watched } = world
  const { page } = watched
  await fillSetUp(page, office.setupCode, { name: '佐々木　真理', password })
  await button(page, '登録してログイン').click()
  await page.waitForURL(office.url + '/')
  await page.getByRole('link', { name: '端末と証明書' }).click()
  await page.getByText('発行した端末証明書はまだありません').waitFor()
  await watched.look('40-devices-empty')
  world.own = await issue(page, watched, '佐々木 真理（sasaki）', '所長ノート', '41')
  await page.goto('/accounts')
  await button(page, '利用者を追加').click()
  const form = page.getByRole('dialog', { name: '利用者の追加' })
  await form.getByLabel('氏名').fill('三浦　悠斗')
  await form.getByLabel('ログインID').fill('miura')
  await form.getByRole('button', { name: '追加して設定コードを発行' }).click()
  const code = await page.locator('.setup-code').innerText()
  await page.getByRole('dialog', { name: '設定コード' }).getByRole('button', { name: '控えたので閉じる' }).click()
  await page.goto('/devices')
  world.theirs = await issue(page, watched, '三浦 悠斗（miura）', '受付ノート3号機')
  await watched.look('42-devices')
  world.staff = await withCertificate(world, world.theirs)
  await fillSetUp(world.staff.page, code, { loginId: 'miura', password })
  await button(world.staff.page, '設定してログイン').click()
  await world.staff.page.waitForURL(office.url + '/')
  await world.staff.page.goto('/account')
  await world.staff.page.getByRole('region', { name: '端末証明書' }).getByText('この端末').waitFor()
  await world.staff.look('43-own-device')
}

async function required(world) {
  const { watched } = world
  const { page } = watched
  const choose = async (on, who) => {
    await on.goto('/devices')
    await button(on, '変更').click()
    const form = on.getByRole('dialog', { name: '端末証明書の扱いの変更' })
    await form.getByRole('group', { name: who }).getByLabel('必須').check()
    await form.getByRole('checkbox').check()
    return form
  }
  const form = await choose(page, '管理者')
  await form.getByRole('button', { name: '保存' }).click()
  await form.getByText('自分が締め出されるためです').waitFor()
  await watched.look('44-locks-out')
  await form.getByRole('button', { name: '戻る' }).click()
  world.holder = await withCertificate(world, world.own)
  await world.holder.page.goto('/sign-in')
  await signIn(world.holder.page, 'sasaki')
  await world.holder.page.waitForURL(world.office.url + '/')
  const mine = await choose(world.holder.page, '管理者')
  await mine.getByRole('group', { name: '事務所の職員' }).getByLabel('必須').check()
  await world.holder.look('45-policy')
  await mine.getByRole('button', { name: '保存' }).click()
  await world.holder.page.getByText('端末証明書の扱いを変更しました').waitFor()
  await page.getByRole('link', { name: '利用者' }).click() // the screen without one, still open
  await page.waitForURL(/\/sign-in/)
  await page.getByText('端末証明書が必要です').waitFor()
  await watched.look('46-needed')
  await signIn(page, 'sasaki')
  await page.getByRole('alert').getByText('端末証明書が必要です').waitFor()
  assert.match(page.url(), /\/sign-in/)
}

async function revoked(world) {
  const { holder, staff } = world
  const { page } = holder
  await page.goto('/devices')
  await page.getByRole('row', { name: /受付ノート3号機/ }).getByRole('button', { name: /失効/ }).click()
  const form = page.getByRole('dialog', { name: '端末証明書の失効' })
  await form.getByRole('checkbox').check()
  await holder.look('47-revoke')
  await form.getByRole('button', { name: '失効', exact: true }).click()
  await page.getByText('「受付ノート3号機」の証明書を失効させました').waitFor()
  await holder.look('48-revoked-list')
  await staff.page.getByRole('link', { name: '顧問先', exact: true }).click() // an open screen, an open connection
  await staff.page.waitForURL(/\/sign-in/)
  await staff.page.getByText('この端末の証明書は失効しているため').waitFor()
  await staff.look('49-revoked')
  await signIn(staff.page, 'miura')
  await staff.page.getByRole('alert').getByText('失効しているため').waitFor()
  await staff.close()
}

async function server(world) {
  const { holder } = world
  const { page } = holder
  const card = page.getByRole('region', { name: 'サーバー証明書' })
  const print = card.locator('.print')
  const before = await print.innerText()
  await card.getByRole('button', { name: '署名要求（CSR）を作る' }).click()
  const form = page.getByRole('dialog', { name: '署名要求（CSR）を作る' })
  await form.getByLabel('サーバー名').fill('kura.example')
  await form.getByRole('button', { name: '作成' }).click()
  await card.getByText('署名を待っています').waitFor()
  const saved = page.waitForEvent('download')
  await card.getByRole('button', { name: '署名要求（CSR）を保存' }).click()
  assert.match(readFileSync(await (await saved).path(), 'utf8'), /BEGIN CERTIFICATE REQUEST/)
  await holder.look('50-server')
  await card.getByRole('button', { name: '証明書を取り込む' }).click()
  await holder.look('51-import')
  await page.getByRole('dialog').getByRole('button', { name: '戻る' }).click()
  await card.getByRole('button', { name: '更新' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '更新' }).click()
  await page.getByText('サーバー証明書を更新しました').waitFor()
  await page.waitForFunction((old) => document.querySelector('.print')?.textContent !== old, before)
  await page.goto('/help/devices')
  await page.getByRole('heading', { name: 'Windowsの端末に入れる（Edge・Chrome）' }).waitFor()
  await holder.look('52-help')
  await holder.close()
}

export const journeys = {
  begin,
  end,
  steps: [
    ['a device certificate is issued, handed over and used', handOver],
    ['device certificates become required, and nobody locks themselves out', required],
    ['a revoked device stops with its next step', revoked],
    ['the device page asks for, and renews, the certificate of the server', server],
  ],
}
