// Every screen over demo data, at the smallest supported size, in Japanese and in English.
import assert from 'node:assert/strict'
import { Office } from './office.mjs'
import { Watched } from './watch.mjs'

async function begin(browser) {
  const office = await Office.make('蔵守デモ社会保険労務士事務所')
  const { accounts } = JSON.parse(office.run('demo', '--clients', '12', '--employees', '300', '--json'))
  await office.start()
  return { browser, office, accounts }
}

const end = ({ office }) => office.stop()

async function signIn({ browser, office }, { login_id, password }) {
  const watched = await Watched.open(browser, office, { width: 1366, height: 768 })
  await watched.page.goto('/sign-in')
  await watched.page.getByLabel('ログインID').fill(login_id)
  await watched.page.getByLabel('パスワード').fill(password)
  await watched.page.getByRole('button', { name: 'ログイン', exact: true }).click()
  await watched.page.waitForURL(office.url + '/')
  return watched
}

async function everyScreen(world) {
  const watched = await signIn(world, world.accounts[0])
  world.watched = watched
  const { page } = watched
  const paths = ['/', '/clients', '/clients/new', '/clients/import', '/backups', '/jobs', '/accounts', '/roles', '/roles?tab=roles', '/roles?tab=grants', '/account-ledger', '/account-reviews', '/policies', '/access', '/account', '/help',
    '/clients/3', '/clients/3/edit', '/clients/3/establishments', '/clients/3/employees', '/clients/3/employees/new',
    '/clients/3/employees/1', '/clients/3/employees/import', '/clients/3/attachments', '/clients/3/history']
  for (const path of paths) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await watched.look(`screen${path.replaceAll('/', '-')}`)
  }
  await page.goto('/clients/999999')
  await page.getByRole('heading').first().waitFor()
  await watched.look('screen-not-found')
  await watched.close()
  world.watched = undefined
}

async function staffSeesOnlyTheirOwn(world) {
  const watched = await signIn(world, world.accounts[1])
  world.watched = watched
  const { page } = watched
  await page.goto('/clients')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('table.k-table tbody tr').first().waitFor()
  const rows = await page.locator('table.k-table tbody tr').count()
  assert.ok(rows > 0 && rows < 12, `${rows} of 12 clients are shown to 担当者 of two thirds`)
  assert.equal(await page.getByRole('link', { name: 'バックアップ' }).count(), 0)
  await page.goto('/accounts')
  await watched.look('screen-staff-accounts')
  await watched.close()
  world.watched = undefined
}

export const journeys = {
  begin,
  end,
  steps: [
    ['every screen passes axe, CSP and the console at 1366 × 768', everyScreen],
    ['staff see the clients assigned to them and no office screens', staffSeesOnlyTheirOwn],
  ],
}
