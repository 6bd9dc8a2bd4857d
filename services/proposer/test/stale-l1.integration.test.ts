import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRollupConfig } from '@crema/protocol'
import { type ForcedRollup, freePort, startForcedRollup, testKey } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'

const MINUTE = 60_000
let rollup: ForcedRollup
let service: ChildProcess
let url: string
beforeAll(async () => {
  rollup = await startForcedRollup()
  const file = (name: string, text: string): string => {
    writeFileSync(join(rollup.dir, name), text)
    return join(rollup.dir, name)
  }
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const flags = [
    ...['--rollup', file('rollup.json', encodeRollupConfig(rollup.config)), '--data-dir', join(rollup.dir, 'proposer')],
    ...['--l1.rpc-url', rollup.l1Url, '--l1.poll-ms', '100', '--health.port', String(port)],
    ...['--proposer.poll-ms', '200', '--proposer.max-l1-age-seconds', '2'],
    ...['--signer.private-key-file', file('key', testKey(3))],
  ]
  const main = join(import.meta.dirname, '../src/main.ts')
  service = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...flags], { stdio: 'ignore' })
}, MINUTE)
afterAll(async () => {
  const ended = once(service, 'exit')
  service.kill('SIGTERM')
  await ended
  await rollup.close()
})

const get = async <T>(path: string): Promise<T | undefined> =>
  (await (await fetch(`${url}/${path}`).catch(() => undefined))?.json()) as T | undefined
const reasons = async () => (await get<{ readonly reasons: readonly string[] }>('ready'))?.reasons
const alerts = async () =>
  (await get<{ readonly defence: { readonly alerts: readonly unknown[] } }>('status'))?.defence.alerts

it(
  'is not ready and alerts while L1 stands still',
  async () => {
    const pulse = setInterval(() => void rollup.rpc('anvil_mine', '0x1'), 1_000)
    await eventually('the start', async () => (await reasons())?.length === 0)
    clearInterval(pulse)
    await eventually('not ready', async () => (await reasons())?.length === 1)
    expect(await reasons()).toEqual([expect.stringMatching(/^l1: the newest L1 block, \d+, is/)])
    await eventually('the alert', async () => (await alerts())?.length === 1)
    expect(await alerts()).toMatchObject([{ code: 'l1-stale', severity: 'critical' }])
    await rollup.pass(3_600)
    await eventually('ready again', async () => (await reasons())?.length === 0)
    await eventually('no alert', async () => (await alerts())?.length === 0)
  },
  2 * MINUTE,
)
