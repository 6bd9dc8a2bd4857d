/** `npm run smoke`: a whole rollup on free ports, walked through once with real clients and a real challenge period. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Devnet, startDevnet } from '../devnet/devnet.ts'
import { createClients } from '../support/clients.ts'
import type { Journey, Step } from './journey.ts'
import { submit } from './steps/1-submit.ts'
import { include } from './steps/2-include.ts'
import { store } from './steps/3-store.ts'
import { authenticate } from './steps/4-authenticate.ts'
import { execute } from './steps/5-execute.ts'
import { propose } from './steps/6-propose.ts'
import { notice } from './steps/7-notice.ts'
import { recompute } from './steps/8-recompute.ts'
import { settle } from './steps/9-settle.ts'
import { withdraw } from './steps/10-withdraw.ts'

const steps: readonly Step[] = [
  submit,
  include,
  store,
  authenticate,
  execute,
  propose,
  notice,
  recompute,
  settle,
  withdraw,
]
const USER = 5

const root = mkdtempSync(join(tmpdir(), 'crema-smoke-'))
const started = performance.now()
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1)
const results: { step: number; title: string; ok: boolean; seconds: string }[] = []
const facts: Record<string, unknown> = {}
let devnet: Devnet | undefined
let ok = true
try {
  devnet = await startDevnet({ root, parameters: { challengePeriod: 15n, assertionInterval: 1 } })
  facts.readySeconds = seconds(started)
  console.log(`ready after ${facts.readySeconds} s`)
  const journey: Journey = { devnet, clients: createClients(devnet, USER), facts }
  for (const [i, { title, run }] of steps.entries()) {
    const from = performance.now()
    try {
      const said = await run(journey)
      results.push({ step: i + 1, title, ok: true, seconds: seconds(from) })
      console.log(`${String(i + 1).padStart(2)} ok   ${title}: ${said} (${seconds(from)} s)`)
    } catch (error) {
      results.push({ step: i + 1, title, ok: false, seconds: seconds(from) })
      console.log(`${String(i + 1).padStart(2)} FAIL ${title}: ${error instanceof Error ? error.stack : error}`)
      throw error
    }
  }
} catch (error) {
  ok = false
  if (results.length === 0) console.log(`FAIL: ${error instanceof Error ? error.message : error}`)
} finally {
  await devnet?.stop()
  if (ok) rmSync(root, { recursive: true, force: true })
  else console.log(`logs: ${join(root, 'logs')}`)
}
console.log(JSON.stringify({ ok, seconds: seconds(started), steps: results, facts }))
process.exitCode = ok ? 0 : 1
