// Journeys of people through the real program in a real browser. Prints "ok NAME" or "not ok NAME",
// one a journey, with what was found behind it; pictures of every screen go to build/check/shots.
//     node tests/browser/run.mjs [WORD]     only journeys whose name holds the word
import { mkdirSync } from 'node:fs'
import { journeys as accountLife } from './account_life.mjs'
import { journeys as admission } from './admission.mjs'
import { journeys as devices } from './devices.mjs'
import { journeys as firstDay } from './first_day.mjs'
import { journeys as passkeys } from './passkeys.mjs'
import { journeys as roles } from './roles.mjs'
import { journeys as screens } from './screens.mjs'
import { journeys as signingIn } from './signing_in.mjs'
import { openBrowser } from './watch.mjs'

mkdirSync(process.env.SHOTS ?? 'build/check/shots', { recursive: true })
const only = process.argv[2] ?? ''
const browser = await openBrowser()
let failed = 0
for (const suite of [firstDay, signingIn, passkeys, admission, devices, roles, accountLife, screens]) {
  const chosen = suite.steps.filter(([name]) => name.includes(only))
  if (chosen.length === 0 && only) continue
  const world = await suite.begin(browser)
  let broken = false
  for (const [name, run] of suite.steps) { // later steps stand on earlier ones
    if (broken) {
      failed += 1
      console.log(`not ok ${name}: not reached`)
      continue
    }
    try {
      await run(world)
      console.log(`ok ${name}`)
    } catch (error) {
      failed += 1
      broken = true
      console.log(`not ok ${name}\n${error.message.split('\n').map((line) => `    ${line}`).join('\n')}`)
      await world.watched?.page.screenshot({ path: `${process.env.SHOTS ?? 'build/check/shots'}/failed-${failed}.png` }).catch(() => {})
    }
  }
  await suite.end(world)
}
await browser.close()
process.exitCode = failed > 0 ? 1 : 0
