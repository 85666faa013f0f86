// The first day of an office, as issue "the walking appliance" ends: from the setup address to an
// imported, undone, imported again, found, edited, exported and backed-up client.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fillSetUp, Office } from './office.mjs'
import { employeeFile, wrong } from './people.mjs'
import { Watched } from './watch.mjs'

const password = '朝顔と三日月の長い合言葉を書く27'

async function begin(browser) {
  const office = await Office.make('山田社会保険労務士事務所')
  await office.start()
  return { browser, office, watched: await Watched.open(browser, office) }
}

async function end({ office, watched }) {
  await watched.context.close()
  await office.stop()
}

const button = (page, name) => page.getByRole('button', { name, exact: true })

async function firstAdministrator({ office, watched }) {
  const { page } = watched
  await fillSetUp(page, office.setupCode, { loginId: 'yamada', name: '山田　太郎', password })
  await watched.look('01-setup')
  await button(page, '登録してログイン').click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForURL(office.url + '/')
  await watched.look('02-home-empty')
}

async function wrongPassword({ office, watched, browser }) {
  const other = await Watched.open(browser, office)
  await other.page.goto('/')
  await other.page.getByLabel('ログインID').fill('yamada')
  await other.page.getByLabel('パスワード').fill('これは違うパスワードです')
  await button(other.page, 'ログイン').click()
  await other.page.getByRole('alert').waitFor()
  await other.look('03-sign-in-wrong')
  await other.page.getByLabel('パスワード').fill(password)
  await button(other.page, 'ログイン').click()
  await other.page.waitForURL(office.url + '/')
  await other.page.getByText('前回のログイン').first().waitFor()
  await other.close()
  assert.ok(watched)
}

async function newClient({ watched }) {
  const { page } = watched
  await page.goto('/clients/new')
  await page.getByLabel('顧問先コード').fill('C001')
  await page.getByLabel(/^顧問先名(?!（)/).fill('株式会社青葉精機')
  await page.getByLabel('顧問先名（カナ）').fill('アオバセイキ')
  await page.getByLabel('法人番号').fill('1234567890123')
  await page.keyboard.press('Tab')
  await button(page, '顧問先を追加').click()
  await page.getByText('検査数字').first().waitFor() // the check digit does not fit
  await watched.look('04-client-new-fault')
  await page.getByLabel('法人番号').fill('')
  await button(page, '顧問先を追加').click()
  await page.waitForURL(/\/clients\/\d+$/)
  await watched.look('05-client')
}

async function dryRun({ watched, ...world }) {
  const { page } = watched
  world.client = /clients\/(\d+)/.exec(page.url())[1]
  await page.goto(`/clients/${world.client}/employees/import`)
  await page.locator('input[type=file]').setInputFiles({ name: '社員一覧.csv', mimeType: 'text/csv', buffer: employeeFile() })
  await button(page, '列の対応に進む').waitFor()
  await page.getByText('Shift_JIS（CP932）').first().waitFor()
  await watched.look('06-import-read')
  await button(page, '列の対応に進む').click()
  await button(page, '検査を開始').waitFor()
  await watched.look('07-import-mapping')
  await button(page, '検査を開始').click()
  for (const [line, { column }] of Object.entries(wrong))
    await page.getByLabel(`${line}行目 ${column}`).waitFor()
  await watched.look('08-import-errors')
  assert.equal(await page.locator('td.bad input').count(), 3)
  assert.equal(await button(page, '497行を取り込む').getAttribute('aria-disabled'), 'true')
}

async function fixAndCommit({ watched }) {
  const { page } = watched
  for (const [line, { column, right }] of Object.entries(wrong)) {
    const cell = page.getByLabel(`${line}行目 ${column}`)
    await cell.fill(right)
    await cell.press('Enter')
  }
  await button(page, '500行を取り込む').click()
  await watched.look('09-import-confirm')
  await button(page, '取り込む').click()
  await page.getByRole('heading', { name: '取り込みました' }).waitFor({ timeout: 30_000 })
  await watched.look('10-import-done')
}

async function undoAndAgain({ watched }) {
  const { page } = watched
  await button(page, '取り込みを元に戻す').click()
  await page.getByRole('dialog').getByRole('checkbox').check()
  await page.getByRole('dialog').getByRole('button', { name: '取り込みを元に戻す' }).click()
  await page.getByRole('heading', { name: '取り込みを元に戻しました' }).waitFor({ timeout: 30_000 })
  await watched.look('11-import-undone')
  await button(page, '従業員の一覧を見る').click()
  await page.getByText('従業員がまだいません。').waitFor()

  const good = employeeFile().toString('latin1')
  assert.ok(good.length > 0)
  await button(page, 'CSVを取り込む').click()
  await page.locator('input[type=file]').setInputFiles({ name: '社員一覧.csv', mimeType: 'text/csv', buffer: employeeFile() })
  await button(page, '列の対応に進む').click()
  await button(page, '検査を開始').click()
  await page.getByLabel('12行目 生年月日').waitFor()
  await fixAndCommit({ watched })
  await button(page, '従業員の一覧を見る').click()
  await page.getByText('E0001').waitFor()
  await watched.look('12-employees')
}

async function findAndEdit({ watched }) {
  const { page } = watched
  await page.keyboard.press('Control+k')
  await page.keyboard.type('たかはし') // hiragana finds katakana
  await page.getByRole('option').filter({ hasText: '髙橋' }).first().waitFor()
  await watched.look('13-palette')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/employees\/\d+/)
  await page.getByLabel('電話番号', { exact: true }).first().fill('０３ー１２３４ー５６７８')
  await page.keyboard.press('Tab')
  await page.getByRole('region', { name: '未保存の変更'  }).waitFor()
  await watched.look('14-employee-unsaved')
  await page.keyboard.press('Control+Enter')
  await page.getByText('台帳を保存しました').first().waitFor()
  await page.getByRole('tab', { name: '変更履歴' }).or(page.getByRole('link', { name: '変更履歴' })).last().click()
  await page.getByText('03-1234-5678').first().waitFor()
  await watched.look('15-employee-history')
}

async function exportFile({ watched }) {
  const { page } = watched
  await page.goto(page.url().replace(/\/employees\/.*/, '/employees'))
  await button(page, 'CSVを出力').click()
  await watched.look('16-export')
  const saved = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: '出力' }).click()
  const bytes = readFileSync(await (await saved).path())
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  const text = bytes.toString('utf8')
  assert.equal(text.trimEnd().split('\r\n').length, 501)
  assert.ok(text.includes('髙橋') && text.includes('03-1234-5678'))
}

async function backUpAndProve({ watched }) {
  const { page } = watched
  await page.goto('/backups')
  await button(page, 'バックアップを今すぐ実行').click()
  await page.getByText('バックアップが終わりました。').first().waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: /検証|確かめ/ }).first().click()
  await page.getByText('復元できることを証明しました。').first().waitFor({ timeout: 60_000 })
  await watched.look('17-backups')
  await page.goto('/')
  await watched.look('18-home')
  await watched.close()
}

export const journeys = {
  begin,
  end,
  steps: [
    ['the first administrator is registered from the setup address', firstAdministrator],
    ['a wrong password is refused in words, the right one shows the previous sign-in', wrongPassword],
    ['a client with a wrong 法人番号 is refused at the field and then added', newClient],
    ['500 rows of CP932 with three bad ones: the dry run names the three', dryRun],
    ['the three are fixed in place and all rows are imported', fixAndCommit],
    ['the import is undone and done again', undoAndAgain],
    ['a person is found by kana, edited, and the history shows it', findAndEdit],
    ['the employees are exported', exportFile],
    ['a backup is taken and proved', backUpAndProve],
  ],
}
