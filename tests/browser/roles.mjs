// Rights among several people: a heavy one is given by two, what is taken away is gone inside an
// open screen, roles of the office's own, the ledger of accounts and its review.
import assert from 'node:assert/strict'
import { Office } from './office.mjs'
import { Watched } from './watch.mjs'

const password = '朝顔と三日月の長い合言葉を書く27'
const small = { width: 1366, height: 768 }
const button = (on, name) => on.getByRole('button', { name, exact: true })

async function signIn({ browser, office }, loginId) {
  const watched = await Watched.open(browser, office, small)
  await watched.page.goto('/sign-in')
  await watched.page.getByLabel('ログインID').fill(loginId)
  await watched.page.getByLabel('パスワード').fill(password)
  await button(watched.page, 'ログイン').click()
  await watched.page.waitForURL(office.url + '/')
  return watched
}

/** A request as the page itself would send it, for what a journey only needs to be there. */
async function send({ context }, office, method, path, body) {
  const session = await (await context.request.get('/api/v1/session')).json()
  const answer = await context.request.fetch(`/api/v1${path}`, { method, data: body, headers: { 'X-CSRF-Token': session.csrf_token ?? '', Origin: office.url } })
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

async function begin(browser) {
  const office = await Office.make('みなと社会保険労務士法人', { twoPerson: true })
  await office.start()
  const world = { browser, office }
  const first = await Watched.open(browser, office, small)
  await first.context.request.post('/api/v1/setup', { data: { code: office.setupCode, login_id: 'sasaki', name: '佐々木　真理', password }, headers: { Origin: office.url } })
  await first.context.close()
  world.first = world.watched = await signIn(world, 'sasaki')
  for (const [login_id, name, roles] of [['kuroda', '黒田　修', ['administrator']], ['miura', '三浦　悠斗', ['staff']], ['ohno', '大野　さくら', ['auditor']], ['mori', '森　健一', ['viewer', 'staff']]]) {
    const { setup_code } = await send(world.first, office, 'POST', '/accounts', { login_id, name, roles, all_clients: true, client_ids: [] })
    if (login_id === 'mori') continue // never comes
    const other = await Watched.open(browser, office, small)
    await other.context.request.post('/api/v1/setup/account', { data: { login_id, code: setup_code, password }, headers: { Origin: office.url } })
    await other.context.close()
  }
  return world
}
async function end({ office, first, second, third }) {
  for (const one of [first, second, third]) await one?.context.close()
  await office.stop()
}

async function grantedByTwo(world) {
  const { first } = world
  const { page } = first
  world.third = await signIn(world, 'miura')
  await world.third.page.goto('/clients')
  await world.third.page.getByRole('heading', { level: 1, name: '顧問先' }).waitFor()
  assert.equal(await button(world.third.page, 'CSVを出力').count(), 0)

  await page.goto('/accounts')
  await page.getByRole('button', { name: '三浦 悠斗さんのその他の操作' }).click()
  await button(page, '役割を変更').click()
  const form = page.getByRole('dialog', { name: '役割の変更' })
  await form.getByRole('checkbox', { name: /出力担当/ }).check()
  await form.getByLabel('申請の理由').fill('算定基礎届の確認のため、従業員の一覧を出力します。')
  await first.look('40-grant-asked')
  await button(form, '保存').click()
  await page.getByText('ほかの管理者が承認すると反映します').waitFor()
  await page.goto('/roles?tab=grants')
  await button(page, '取り下げ').waitFor()
  assert.equal(await button(page, '承認').count(), 0, 'who asked cannot approve')

  world.second = await signIn(world, 'kuroda')
  const other = world.second.page
  await other.getByText('権限の付与の申請が1件、承認を待っています').waitFor()
  await world.second.look('41-grant-home')
  await other.getByRole('listitem').filter({ hasText: '権限の付与の申請' }).getByRole('link', { name: '対応する' }).click()
  await other.waitForURL(/\/roles\?tab=/)
  await world.second.look('42-grant-list')
  await button(other, '承認').click()
  const decide = other.getByRole('dialog', { name: '権限の付与の承認' })
  await decide.getByText('台帳をまとめて出力する').waitFor()
  await decide.getByLabel('コメント（任意）').fill('担当の業務に必要なことを確認しました。')
  await decide.getByRole('checkbox').check()
  await world.second.look('43-grant-approve')
  await button(decide, '承認').click()
  await other.getByText('三浦 悠斗さんへの権限の付与を承認しました。').waitFor()
  await other.getByText('承認済み').waitFor()
  await world.second.look('44-grant-approved')

  await world.third.page.getByRole('link', { name: 'ホーム' }).click() // a fresh sign-in
  await world.third.page.waitForURL(/\/sign-in/)
  await world.third.close()
  world.third = await signIn(world, 'miura')
  await world.third.page.goto('/clients')
  await button(world.third.page, 'CSVを出力').waitFor()
}

async function takenAwayInside(world) {
  const { first, third } = world
  const { page } = first
  await third.page.goto('/clients')
  await button(third.page, 'CSVを出力').click()
  const dialog = third.page.getByRole('dialog', { name: '顧問先のCSVの出力' })
  await dialog.waitFor()

  await page.goto('/accounts')
  await page.getByRole('button', { name: '三浦 悠斗さんのその他の操作' }).click()
  await button(page, '役割を変更').click()
  const form = page.getByRole('dialog', { name: '役割の変更' })
  await form.getByRole('checkbox', { name: /出力担当/ }).uncheck()
  await button(form, '保存').click()
  await page.getByText('三浦 悠斗さんの役割を変更しました。').waitFor()

  const refused = third.page.waitForResponse((response) => response.url().endsWith('/client-exports'))
  await button(dialog, '出力').click()
  assert.equal((await refused).status(), 403)
  await dialog.getByText('この操作をする権限がありません').waitFor()
  await button(third.page, 'CSVを出力').waitFor({ state: 'detached' }) // without a reload
  await third.look('45-right-gone')
  await button(dialog, '戻る').click()
  await third.page.getByRole('heading', { level: 1, name: '顧問先' }).waitFor() // still signed in
  await third.close()
  world.third = undefined
}

async function ownRole(world) {
  const { first } = world
  const { page } = first
  await page.goto('/roles')
  await page.getByRole('region', { name: '役割ごとの権限の表' }).waitFor()
  await first.look('46-matrix')
  await page.getByRole('link', { name: '役割の一覧' }).click()
  await page.getByRole('row', { name: /業務担当/ }).getByRole('button', { name: 'コピーして作成' }).click()
  const form = page.getByRole('dialog', { name: '役割の追加' })
  assert.equal(await form.getByLabel('役割の名前').inputValue(), '業務担当のコピー')
  await form.getByLabel('役割の名前').fill('業務担当')
  await button(form, '追加').click()
  await form.getByText('すでに使われています').waitFor()
  await form.getByLabel('役割の名前').fill('窓口担当')
  await form.getByRole('checkbox', { name: 'CSVから台帳へ取り込む' }).uncheck()
  await form.getByRole('checkbox', { name: /マイナンバーを画面に表示する/ }).check()
  await first.look('47-role-new')
  await button(form, '追加').click()
  await page.getByText('役割「窓口担当」を追加しました。').waitFor()
  await page.getByRole('row', { name: /窓口担当/ }).waitFor()
  await first.look('48-roles')
  await page.getByRole('button', { name: '窓口担当のその他の操作' }).click()
  await button(page, '削除').click()
  const remove = page.getByRole('dialog', { name: '役割の削除' })
  await remove.getByRole('checkbox').check()
  await button(remove, '削除').click()
  await page.getByText('役割「窓口担当」を削除しました。').waitFor()
}

async function specificData(world) {
  const { first, second, office } = world
  const { page } = first
  for (const code of ['A001', 'A002', 'A003']) {
    await send(first, office, 'POST', '/clients', {
      code, name: `みなと商事${code}株式会社`, name_kana: 'ミナトショウジ',
      profile: { entity: 'corporation', does_procedures: true, does_payroll: false, does_year_end: false, does_consulting: false },
    })
  }
  const { accounts } = await send(first, office, 'GET', '/accounts')
  const { id } = accounts.find((line) => line.account.login_id === 'mori').account
  const { waiting } = await send(first, office, 'PUT', `/accounts/${id}/roles`, { roles: ['staff', 'vault_handler'], reason: '年末調整の準備' })
  await page.goto('/accounts')
  const row = page.getByRole('row', { name: /mori/ })
  await row.getByRole('button', { name: '担当を変更' }).click()
  const dialog = page.getByRole('dialog', { name: '担当する顧問先の変更' })
  await dialog.getByRole('radio', { name: 'すべての顧問先' }).waitFor()
  assert.equal(await dialog.getByText('特定個人情報を扱う顧問先').count(), 0, 'no right over numbers yet')
  await button(dialog, '戻る').click()
  await send(second, office, 'POST', `/grants/${waiting.id}/approve`, { comment: '' })
  await page.reload()
  await row.getByRole('button', { name: '担当を変更' }).click()
  await dialog.getByText('特定個人情報を扱う顧問先').waitFor()
  await dialog.getByRole('radio', { name: '選んだ顧問先', exact: true }).check()
  const [mine, specific] = [dialog.getByRole('group', { name: '担当する顧問先' }), dialog.getByRole('group', { name: '特定個人情報を扱う顧問先' })]
  await mine.getByRole('checkbox', { name: /A001/ }).check()
  await mine.getByRole('checkbox', { name: /A003/ }).check()
  assert.equal(await specific.getByRole('checkbox').count(), 2, 'only clients that are theirs')
  await specific.getByRole('checkbox', { name: /A003/ }).check()
  await first.look('54-specific')
  await button(dialog, '保存').click()
  await page.getByText(/担当を変更しました/).waitFor()
  const now = await send(first, office, 'GET', `/accounts/${id}/clients`)
  assert.deepEqual([now.all_clients, now.client_ids.length, now.all_specific, now.specific_client_ids.length], [false, 2, false, 1])
}

async function ledger(world) {
  const { first } = world
  const { page } = first
  await page.goto('/account-ledger')
  await page.getByRole('row', { name: /大野 さくら/ }).getByText('利用者と権限の台帳を見る').waitFor()
  await first.look('49-ledger')
  await page.getByLabel('氏名・IDで絞り込む').fill('miura')
  await page.getByText('1 / 5名').waitFor()
  const saved = page.waitForEvent('download')
  await button(page, 'CSVで保存').click()
  assert.match((await saved).suggestedFilename(), /^アカウント管理台帳_\d{8}\.csv$/)
}

async function review(world) {
  const { first } = world
  const { page } = first
  await page.goto('/account-reviews')
  await page.getByText('棚卸はまだありません').waitFor()
  await first.look('50-review-none')
  await button(page, '今月の棚卸を始める').click()
  await page.getByText('0 / 5名を確認済み').waitFor()
  await page.getByText('自分の行は、ほかの人が確認します').waitFor()
  await page.getByRole('checkbox', { name: '三浦 悠斗さんを選択' }).check()
  await page.getByRole('checkbox', { name: '大野 さくらさんを選択' }).check()
  await first.look('51-review')
  await button(page, '選んだ人を「継続」にする').click()
  await button(page.getByRole('dialog'), '署名').click()
  await page.getByText('2 / 5名を確認済み').waitFor()
  await page.getByRole('row', { name: /森 健一/ }).getByRole('button', { name: '変更・停止…' }).click()
  const dialog = page.getByRole('dialog', { name: '棚卸の確認' })
  await dialog.getByRole('radio', { name: /停止が必要/ }).check()
  await first.look('52-review-sign')
  await button(dialog, '署名').click()
  await page.getByText('3 / 5名を確認済み').waitFor()
  await page.getByRole('row', { name: /黒田 修/ }).getByRole('button', { name: '継続' }).click()
  await button(page.getByRole('dialog'), '署名').click()
  await page.getByText('4 / 5名を確認済み').waitFor()

  const { page: other } = world.second // signs the first administrator's line, which closes it
  await other.goto('/account-reviews')
  await other.getByRole('row', { name: /佐々木 真理/ }).getByRole('button', { name: '継続' }).click()
  await button(other.getByRole('dialog'), '署名').click()
  await other.getByText('5 / 5名を確認済み').waitFor()
  await world.second.look('53-review-closed')
  await world.second.close()
  world.second = undefined
  await first.close()
  world.first = undefined
}

export const journeys = {
  begin,
  end,
  steps: [
    ['a heavy right is granted by two people', grantedByTwo],
    ['a role change takes effect inside an open session', takenAwayInside],
    ['a role of the office is made from another one', ownRole],
    ['rights over individual numbers are given client by client', specificData],
    ['the ledger of accounts says what everybody may do', ledger],
    ['a review of accounts is signed line by line', review],
  ],
}
