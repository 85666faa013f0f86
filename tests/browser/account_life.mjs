// People come and go: many from a file, with sheets of paper; a last day; deleted for good.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fillSetUp, Office } from './office.mjs'
import { Watched } from './watch.mjs'

const password = '朝顔と三日月の長い合言葉を書く27'
const heading = 'ログインID,氏名,役割,担当顧問先コード,最終利用日'

async function begin(browser) {
  const office = await Office.make('みなと社会保険労務士法人')
  await office.start()
  const watched = await Watched.open(browser, office, { width: 1366, height: 768 })
  const { page } = watched
  await fillSetUp(page, office.setupCode, { name: '佐々木　真理', password })
  await page.getByRole('button', { name: '登録してログイン' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/setup'))
  return { office, watched }
}

async function end({ office, watched }) {
  await watched?.context.close()
  await office.stop()
}

const button = (page, name) => page.getByRole('button', { name, exact: true })
const file = (lines) => ({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from([heading, ...lines].join('\r\n')) })

async function chooseAction(page, name, action) {
  await page.getByRole('row', { name }).getByRole('button', { name: /その他の操作/ }).click()
  await button(page, action).click()
}

async function importFile({ watched }) {
  const { page } = watched
  await page.goto('/accounts')
  await button(page, 'CSVから追加').click()
  const box = page.locator('input[type=file]')
  await box.setInputFiles(file(['suzuki,鈴木 健太,業務担当,すべて,', 'ito h,伊藤 花子,社長,,', 'kato,加藤 由美,業務責任者；業務担当,,2020-01-01']))
  await page.getByText('3行のうち2行に誤りがあります').waitFor()
  await page.getByText('この名前の役割はありません').waitFor()
  await watched.look('80-import-wrong')
  await box.setInputFiles(file(['suzuki,鈴木 健太,業務担当,すべて,', 'ito,伊藤 花子,業務担当,,', 'kato,𠮷田 由美,業務責任者；業務担当,,2099-03-31']))
  await page.getByText('3行に誤りはありません').waitFor()
  await watched.look('81-import-fine')
  await button(page, '3人を追加').click()
  await page.getByText('3人を追加しました').waitFor()
  await watched.look('82-import-done')
  const arrives = page.waitForEvent('download')
  await button(page, '全員の利用案内（PDF）を作る').click()
  const text = execFileSync('pdftotext', ['-layout', await (await arrives).path(), '-'], { encoding: 'utf8' })
  assert.equal(text.split('\f').length - 1, 3)
  for (const words of ['鈴木 健太', '伊藤 花子', '𠮷田 由美', 'みなと社会保険労務士法人', '佐々木']) assert.ok(text.includes(words), words)
  await button(page.getByRole('dialog'), '閉じる').click()
}

async function lastDay({ watched }) {
  const { page } = watched
  await page.getByText('2099/03/31まで').waitFor()
  await chooseAction(page, 'suzuki', '氏名・最終利用日を変更')
  await page.getByRole('textbox', { name: /最終利用日/ }).fill('R80.3.31')
  await page.getByRole('textbox', { name: /最終利用日/ }).blur()
  await watched.look('83-edit-account')
  await button(page, '保存').click()
  await page.getByText('2098/03/31まで').waitFor()
}

async function sheets({ watched }) {
  const { page } = watched
  await button(page, '利用案内').click()
  await page.getByRole('checkbox', { name: /kato/ }).uncheck()
  await watched.look('84-sheets')
  const arrives = page.waitForEvent('download')
  await button(page, '2人分のPDFを作る').click()
  assert.equal((await arrives).suggestedFilename(), 'ご利用案内.pdf')
}

async function deleteForGood({ watched }) {
  const { page } = watched
  await chooseAction(page, 'ito', '完全に削除')
  await page.getByText('このログインIDは、ほかの人にも二度と使えません。').waitFor()
  await watched.look('85-delete-account')
  await page.getByRole('dialog').getByRole('textbox').fill('ito')
  await page.getByRole('dialog').getByRole('button', { name: '完全に削除' }).click()
  await page.getByText('伊藤 花子さんを完全に削除しました。').waitFor()
  await page.getByRole('row', { name: 'ito' }).waitFor({ state: 'detached' })
  await button(page, '利用者を追加').click()
  await page.getByLabel('氏名').fill('別人')
  await page.getByLabel('ログインID').fill('ITO')
  await button(page, '追加して設定コードを発行').click()
  await page.getByText('完全に削除した利用者のものです').waitFor()
  await watched.look('86-id-is-retired')
  assert.deepEqual(watched.faults, [])
}

export const journeys = {
  begin, end,
  steps: [
    ['people come from a file, all or none, with sheets of paper', importFile],
    ['a person gets a last day', lastDay],
    ['sheets are made for those who wait', sheets],
    ['a person is deleted for good, and the sign-in ID is nobody’s again', deleteForGood],
  ],
}
