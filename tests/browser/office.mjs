// An office of its own for a run of the browser tests: the real program through its command line.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const program = process.env.KURAMORI ?? 'build/release/kuramori'
const ui = resolve(process.env.UI ?? 'web-ui/dist')

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => done(port))
  })
})

export class Office {
  /** `secondFactor`: the roles that must have one, as the daemon is set at first; none in most journeys. `twoPerson`: heavy rights need another administrator. */
  static async make(name, { secondFactor = [], twoPerson = false } = {}) {
    const office = new Office()
    office.folder = mkdtempSync(join(tmpdir(), 'kuramori-browser-'))
    office.port = await freePort()
    office.url = `https://localhost:${office.port}`
    office.config = join(office.folder, 'kuramori.yaml')
    const at = (path) => JSON.stringify(join(office.folder, path))
    writeFileSync(office.config, [
      `data: {folder: ${at('data')}, root_key_file: ${at('keys/root.key')}}`,
      `backup: {repository: ${at('backup')}}`,
      `listen: {address: "127.0.0.1", port: ${office.port}}`,
      `tls: {certificate: ${at('tls/server.crt')}, key: ${at('tls/server.key')}}`,
      `admin: {socket: ${at('admin.sock')}}`,
      `ui: {folder: ${JSON.stringify(ui)}}`,
      'throttle: {delay_seconds: 0}', // people in a journey mistype faster than people do
      `second_factor: {required_for: [${secondFactor.join(', ')}]}`,
      `change: {two_person: ${twoPerson}}`,
    ].join('\n'))
    office.setupCode = JSON.parse(office.run('init', '--office', name, '--json')).code
    return office
  }

  run(...words) {
    return execFileSync(program, [...words, '--config', this.config], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }

  async start() {
    this.daemon = spawn(program, ['serve', '--config', this.config], { stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    await new Promise((done, failed) => {
      this.daemon.stderr.on('data', (text) => {
        log += text
        if (log.includes('app serving')) done()
      })
      this.daemon.on('exit', () => failed(new Error(`the daemon ended:\n${log}`)))
    })
  }

  async stop() {
    if (this.daemon && this.daemon.exitCode === null) {
      const over = new Promise((done) => this.daemon.on('exit', done))
      this.daemon.removeAllListeners('exit')
      this.daemon.on('exit', () => {})
      this.daemon.kill('SIGTERM')
      await Promise.race([over, new Promise((done) => setTimeout(done, 5000))])
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Fills in the set-up page: the first administrator's (`name`), or that of somebody who was invited. */
export async function fillSetUp(page, code, { loginId = 'sasaki', name, password }) {
  await page.goto(`/setup#${code}`)
  if (name) await page.getByLabel('氏名').fill(name)
  await page.getByLabel('ログインID').fill(loginId)
  await page.getByLabel('パスワード', { exact: true }).fill(password)
  await page.getByLabel('パスワード（確認）').fill(password)
}
