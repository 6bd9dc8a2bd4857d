import { type ForcedRollup, startForcedRollup } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChallengerProcess, challengerProcess } from './support/challenger-process.ts'
import { until } from './support/until.ts'

const MINUTE = 60_000
let rollup: ForcedRollup
let challenger: ChallengerProcess
beforeAll(async () => {
  rollup = await startForcedRollup()
  challenger = await challengerProcess(rollup, 9, 'watch', ['--challenger.max-l1-age-seconds', '2'])
}, MINUTE)
afterAll(async () => {
  await challenger?.stop()
  await rollup?.close()
})

interface Status {
  readonly disputes: { readonly alerts: readonly unknown[]; readonly lastError?: string }
}
const disputes = async () => (await challenger.status<Status>()).disputes
const yes = (met: boolean): true | undefined => met || undefined

it(
  'is not ready and alerts while every look succeeds but L1 stands still',
  async () => {
    const pulse = setInterval(() => void rollup.rpc('anvil_mine', '0x1'), 1_000)
    await challenger.start()
    expect((await disputes()).alerts).toEqual([])
    clearInterval(pulse)
    await until('not ready', MINUTE, async () => yes((await challenger.ready()).reasons.length > 0))
    expect((await challenger.ready()).reasons).toEqual([expect.stringMatching(/^l1: the newest L1 block, \d+, is/)])
    await until('the alert', MINUTE, async () => yes((await disputes()).alerts.length > 0))
    const { alerts, lastError } = await disputes()
    expect(alerts).toMatchObject([{ code: 'l1-stale', severity: 'critical' }])
    expect(lastError).toBeUndefined()
    expect(await challenger.metrics()).toMatch(/crema_dispute_alerts\{[^}]*severity="critical"[^}]*\} 1/)
    expect(challenger.log()).toContain('dispute: l1-stale')
    await rollup.pass(3_600)
    await until('ready again', MINUTE, async () => yes((await challenger.ready()).reasons.length === 0))
    await until('no alert', MINUTE, async () => yes((await disputes()).alerts.length === 0))
  },
  2 * MINUTE,
)
