// 認証ポリシー, 接続元 and 利用時間 as an administrator sets them: what is refused, by line and with
// what was meant, the lock-out guard, and the rules in force at once.
import assert from 'node:assert/strict'
import { Office } from './office.mjs'
import { Watched } from './watch.mjs'

const small = { width: 1366, height: 768 }
const button = (page, name) => page.getByRole('button', { name, exact: true })

async function begin(browser) {
  const office = await Office.make('みなと社会保険労務士法人')
  const { accounts } = JSON.parse(office.run('demo', '--clients', '4', '--employees', '20', '--json'))
  await office.start()
  const watched = await Watched.open(browser, office, small)
  const { page } = watched
  await page.goto('/sign-in')
  await page.getByLabel('ログインID').fill(accounts[0].login_id)
  await page.getByLabel('パスワード').fill(accounts[0].password)
  await button(page, 'ログイン').click()
  await page.waitForURL(office.url + '/')
  return { browser, office, accounts, watched }
}

async function end({ office, watched }) {
  await watched?.context.close()
  await office.stop()
}

async function networks({ watched }) {
  const { page } = watched
  await page.getByRole('link', { name: '接続元と利用時間' }).click()
  await page.getByText('社内のネットワークだけ（既定）').first().waitFor()
  await page.getByText('127.0.0.1').waitFor() // one's own address
  await watched.look('30-access')
  await button(page, '管理者の接続元を編集').click()
  const lines = page.getByLabel('ネットワーク', { exact: true })
  await page.getByText('あなたの接続元 127.0.0.1 は、今の 127.0.0.0/8 に含まれます。').waitFor()
  await lines.fill('192.168.1.5/24　本社\n\nどこでも\n10.0.0.0/8　支店\n10.0.0.0/8')
  await button(page, '保存').click()
  await page.getByText('1行目').waitFor()
  await page.getByText('5行目').waitFor()
  await watched.look('31-access-lines')
  await button(page, '192.168.1.0/24 に直す').click()
  assert.match(await lines.inputValue(), /^192\.168\.1\.0\/24　本社\n/)
  await lines.fill('192.168.1.0/24　本社\n10.0.0.0/8　支店')
  await button(page, '保存').click()
  await page.getByText('あなた自身が今すぐ使えなくなる').waitFor()
  assert.ok(await button(page, '保存').isDisabled(), 'a lock-out has to be confirmed')
  await watched.look('32-access-lock-out')
  await lines.fill('127.0.0.0/8　この机\n192.168.1.0/24　本社\n10.0.0.0/8　支店\n2001:db8::/32　営業所\n203.0.113.7　自宅')
  await button(page, '保存').click()
  await page.getByText('ほか1件').waitFor()
  await page.getByRole('combobox').selectOption({ index: 1 })
  await page.getByLabel('ネットワーク', { exact: true }).fill('203.0.113.20　工場')
  await button(page, '保存').click()
  await page.getByText('専用の一覧', { exact: true }).waitFor()
}

async function hours({ watched }) {
  const { page } = watched
  await button(page, '事務所職員の利用時間を編集').click()
  await page.getByRole('radio', { name: '断る' }).check()
  await page.getByLabel('1行目の終わり').fill('6:00')
  await button(page, '保存').click()
  await page.getByText('07:00 のように').waitFor()
  await watched.look('33-hours')
  await page.getByLabel('1行目の終わり').fill('22:00')
  await button(page, '保存').click()
  await page.getByText('月〜金 07:00–22:00').waitFor()
  await button(page, '例外を追加').click()
  await page.getByLabel('利用者').selectOption({ index: 1 })
  await page.getByLabel('理由').fill('賞与支払届の作成')
  await watched.look('34-exception')
  await button(page, '追加').click()
  await page.getByText('賞与支払届の作成').waitFor()
  await watched.look('35-access-filled')
}

async function policies({ watched }) {
  const { page } = watched
  await page.getByRole('link', { name: '認証ポリシー' }).click()
  const length = page.getByLabel('最短の文字数（事務所職員）')
  await length.fill('9')
  await button(page, '保存').click()
  await page.getByText('入力できる範囲の外です').waitFor()
  await watched.look('36-policies-refused')
  await length.fill('14')
  await page.getByLabel('有効日数（管理者）').fill('20')
  await watched.look('37-policies')
  await button(page, '保存').click()
  await page.getByText('認証ポリシーを変更しました').waitFor()
  await page.reload()
  await page.getByLabel('最短の文字数（事務所職員）').waitFor()
  assert.equal(await length.inputValue(), '14')
}

async function colleagueIsMeasured(world) {
  const { browser, office, accounts, watched } = world
  const other = await Watched.open(browser, office, small)
  const { page } = other
  await watched.page.goto('/access')
  await button(watched.page, '事務所職員の利用時間を編集').click()
  await watched.page.getByRole('radio', { name: '制限しない' }).check()
  await button(watched.page, '保存').click()
  await watched.page.getByText('月〜金 07:00–22:00').waitFor({ state: 'detached' })
  await page.goto('/sign-in')
  await page.getByLabel('ログインID').fill(accounts[1].login_id)
  await page.getByLabel('パスワード').fill(accounts[1].password)
  await button(page, 'ログイン').click()
  await page.waitForURL(office.url + '/')
  await button(watched.page, '事務所職員の接続元を編集').click()
  await watched.page.getByLabel('ネットワーク', { exact: true }).fill('10.0.0.0/8')
  await button(watched.page, '保存').click()
  await watched.page.getByText('保存しました').last().waitFor()
  await page.getByRole('link', { name: '顧問先' }).first().click()
  await page.getByText('許可されていないため').first().waitFor()
  await other.look('38-not-allowed')
  await page.reload() // the whole page, too, says why
  await page.getByText('許可されていないため').first().waitFor()
  await other.look('39-not-allowed-reloaded')
  // React tells the console what its error page has caught; this one is wanted
  other.faults = other.faults.filter((fault) => !/^console: .*network_not_allowed/.test(fault))
  await other.close()
  await watched.close()
  world.watched = undefined
}

export const journeys = {
  begin,
  end,
  steps: [
    ['admission: networks by line, with what was meant, and no lock-out by accident', networks],
    ['admission: hours and an exception', hours],
    ['admission: a policy is never weaker than the floor', policies],
    ['admission: a narrowed list reaches an open screen', colleagueIsMeasured],
  ],
}
