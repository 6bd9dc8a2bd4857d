import { assertionChainAbi, bondVaultAbi, readLatestConfirmed } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import { type ForcedRollup, startForcedRollup, testAddress } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assert } from './support/challenger.ts'
import { type ChallengerProcess, challengerProcess, errorOf } from './support/challenger-process.ts'
import { until } from './support/until.ts'

const MINUTE = 60_000
const [CHALLENGER, LIAR] = [12, 6] as const

let rollup: ForcedRollup
let challenger: ChallengerProcess
let mining: NodeJS.Timeout
let genesisId: Hash
let wrong: Hash
let right: Hash
beforeAll(async () => {
  rollup = await startForcedRollup({ challengePeriod: 600n, gracePeriod: 2n })
  genesisId = await rollup.l1.readContract({ ...chain(), functionName: 'genesisId' })
  await rollup.leaves(2)
  mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 300)
  challenger = await challengerProcess(rollup, CHALLENGER, 'full')
}, 2 * MINUTE)
afterAll(async () => {
  clearInterval(mining)
  await challenger?.kill()
  await rollup?.close()
})

const chain = () => ({ address: rollup.config.l1Contracts.assertionChain, abi: assertionChainAbi }) as const
const since = () => ({ fromBlock: rollup.config.l1StartBlock, strict: true }) as const
const rivals = () => rollup.l1.getContractEvents({ ...chain(), ...since(), eventName: 'RivalProposed' })
const vaultEvents = () =>
  rollup.l1.getContractEvents({
    ...since(),
    address: rollup.config.l1Contracts.bondVault,
    abi: bondVaultAbi,
  })

it(
  'puts one rival beside a wrong first child, also when it is killed over it',
  async () => {
    await challenger.start()
    wrong = await assert(rollup, LIAR, genesisId, { stateRoot: `0x${'ab'.repeat(32)}` })
    const first = await until('the rival', 2 * MINUTE, async () => (await rivals())[0])
    await challenger.kill()
    right = first.args.id
    expect(first.args).toMatchObject({ parentId: genesisId })
    expect(first.args.proposer.toLowerCase()).toBe(testAddress(CHALLENGER))
    await challenger.start()
    await until('the dispute to be seen again', MINUTE, async () => {
      const { disputes } = await challenger.status<{ disputes: { disputes: { rightId?: Hash }[] } }>()
      return disputes.disputes[0]?.rightId
    })
    expect((await rivals()).length).toBe(1)
    expect((await vaultEvents()).filter(({ eventName }) => eventName === 'BondPosted')).toHaveLength(2)
  },
  5 * MINUTE,
)

it(
  'shows the dispute by its commands',
  async () => {
    const json = async (...words: string[]) => {
      const { code, out, err } = await challenger.command(...words, '--json')
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return JSON.parse(out)
    }
    const listed = await json('list-assertions')
    expect(listed.map((row: { id: Hash; kind: string; alive: string }) => [row.id, row.kind, row.alive])).toEqual([
      [wrong, 'first', '0'],
      [right, 'rival', '1'],
    ])
    const explained = await json('explain', wrong)
    expect(explained).toMatchObject({ id: wrong, verdict: 'disagree', own: { id: right }, rivals: [right] })
    // The first digits, as terminals show them, are enough.
    expect(await json('explain', wrong.slice(0, 10))).toMatchObject({ id: wrong, verdict: 'disagree' })
    expect(await json('show-assertion', right.slice(0, 12))).toMatchObject({ id: right, siblings: [wrong] })
    expect(explained.asserted.stateRoot).toBe(`0x${'ab'.repeat(32)}`)
    expect(explained.own.stateRoot).not.toBe(explained.asserted.stateRoot)
    expect(explained.assertion.l1TransactionHash).toMatch(/^0x[0-9a-f]{64}$/)
    expect(await json('list-commitments')).toMatchObject([{ assertionId: right, status: 'alive', joinIndex: 1 }])
    expect(await json('list-duels')).toEqual([])
    expect((await json('clocks')).length).toBe(2)
    expect(await json('credits', testAddress(CHALLENGER))).toMatchObject({
      claimableWei: '0',
      bonds: [{ status: 'active' }],
    })

    const doctor = await challenger.command('doctor', '--json')
    const findings: { check: string; ok: boolean; found: string }[] =
      doctor.code === 0 ? JSON.parse(doctor.out) : errorOf(doctor.err).details.findings
    // The test moves L1's clock.
    expect(findings.filter(({ ok, check }) => !ok && check !== 'clock')).toEqual([])
    expect(findings.find(({ check }) => check === 'trace store')?.found).toMatch(/running service/)

    // What cannot be done says so by its code: by hand nothing is done while the service has the directory.
    const byHand = await challenger.command('settle', right, '--json')
    expect(byHand.code).toBe(75)
    expect(errorOf(byHand.err)).toMatchObject({ code: 'cli.service-runs' })
    const unknown = await challenger.command('show-assertion', `0x${'99'.repeat(32)}`, '--json')
    expect(unknown.code).toBe(1)
    expect(errorOf(unknown.err)).toMatchObject({ code: 'cli.not-found' })
  },
  5 * MINUTE,
)

it(
  'is settled by hand once it is due, and stake and costs are brought home by hand',
  async () => {
    await challenger.stop()
    const early = await challenger.command('settle', right, '--json')
    expect(early.code).toBe(75)
    expect(errorOf(early.err)).toMatchObject({ code: 'cli.not-due', details: { right, aliveAssertions: 1 } })
    await rollup.pass(1_202)
    const settled = await challenger.command('settle', right, '--json')
    expect(settled).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(settled.out)).toMatchObject({ kind: 'settle', result: 'transaction' })
    expect(await readLatestConfirmed(rollup.l1, rollup.config.l1Contracts.assertionChain)).toBe(right)
    const claimed = await challenger.command('claim', '--json')
    expect(claimed).toMatchObject({ code: 0, err: '' })
    const steps: { readonly kind: string; readonly result: string }[] = JSON.parse(claimed.out)
    expect(steps.map(({ kind, result }) => [kind, result]).sort()).toEqual(
      ['claim', 'collectJoin', 'markOrphan', 'release', 'resolve'].map((kind) => [kind, 'transaction']),
    )
    const events = await vaultEvents()
    const paid = events.flatMap((event) => (event.eventName === 'Claimed' ? [event.args] : []))
    expect(paid.map(({ owner }) => owner.toLowerCase())).toEqual([testAddress(CHALLENGER)])
    expect(paid[0]!.amount).toBeGreaterThan(rollup.config.stake)
    expect(events.filter(({ eventName }) => eventName === 'BondSlashed')).toHaveLength(1)
    expect(events.filter(({ eventName }) => eventName === 'BondReleased')).toHaveLength(1)
    const again = await challenger.command('claim', '--json')
    expect(again.code).toBe(75)
    expect(errorOf(again.err)).toMatchObject({ code: 'cli.not-due', details: { stakes: { credit: '0' }, refused: [] } })
  },
  5 * MINUTE,
)
