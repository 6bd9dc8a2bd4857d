import { createNodeView } from '@crema/dispute'
import { assertionChainAbi, bondVaultAbi, disputeManagerAbi, readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { ownAssertionEnd, ownEndState } from '@crema/node'
import { type Hash, keccak256Hex, payloadEntries } from '@crema/protocol'
import { type ForcedRollup, makeVariedHistory, startForcedRollup, testAddress, variedPrefunded } from '@crema/testing'
import { numberToHex } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DisputePlayer, startDisputePlayer } from '../../../test/e2e/support/dispute-player.ts'
import { createEvilExecutor, wrongEnd } from '../../../test/e2e/support/evil-executor.ts'
import type { Place } from '../../../test/e2e/support/evil-lie.ts'
import { assert } from './support/challenger.ts'
import { type ChallengerProcess, challengerProcess, errorOf } from './support/challenger-process.ts'
import { until } from './support/until.ts'

const MINUTE = 60_000
const ETHER = 10n ** 18n
const [CHALLENGER, LIAR] = [12, 11] as const
const salt = keccak256Hex(Uint8Array.of(3))

let rollup: ForcedRollup
let challenger: ChallengerProcess
let liar: DisputePlayer
let mining: NodeJS.Timeout
let wrong: Hash
const places: Place[] = []
beforeAll(async () => {
  rollup = await startForcedRollup({ prefunded: variedPrefunded, challengePeriod: 900n, gracePeriod: 2n })
  await makeVariedHistory(rollup)
  mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 300)
  challenger = await challengerProcess(rollup, CHALLENGER, 'full')
  await challenger.start()
  const { config, l1 } = rollup
  const children = createNodeView({ node: rollup.node, head: 'finalized' })
  const evil = createEvilExecutor({
    ...{ config, children, machineOf: children.machineOf, salt, store: createMemoryTraceStore() },
    lie: { at: 'tx', index: 1 },
    onPlace: (_, place) => places.push(place),
  })
  const genesisId = await l1.readContract({ ...chain(), functionName: 'genesisId' })
  const { store } = rollup.node
  const { inboxCount } = ownAssertionEnd(store, {
    ...{ startCount: 0n, targetCount: store.leafCount() },
    ...{ maxBlocks: config.maxBlocksPerAssertion, maxGas: config.maxGasPerAssertion },
  })!
  // Enough for the stake, and not for the reserve of 1 ether beside it.
  await setBalance((ETHER * 3n) / 2n)
  await until('the lack of funds', MINUTE, async () => logged('funds are missing')[0])
  wrong = await assert(rollup, LIAR, genesisId, wrongEnd(ownEndState(store, 0n, inboxCount)!, salt))
  liar = startDisputePlayer({ rollup, account: LIAR, mode: 'full', ...evil })
}, 2 * MINUTE)
afterAll(async () => {
  await liar?.stop()
  clearInterval(mining)
  await challenger?.kill()
  await rollup?.close()
})

const chain = () => ({ address: rollup.config.l1Contracts.assertionChain, abi: assertionChainAbi }) as const
const since = () => ({ fromBlock: rollup.config.l1StartBlock, strict: true }) as const
const rivals = () => rollup.l1.getContractEvents({ ...chain(), ...since(), eventName: 'RivalProposed' })
const moves = () =>
  rollup.l1.getContractEvents({
    ...since(),
    address: rollup.config.l1Contracts.disputeManager,
    abi: disputeManagerAbi,
  })

const setBalance = (wei: bigint) => rollup.rpc('anvil_setBalance', testAddress(CHALLENGER), numberToHex(wei))
/** Wei that the challenger says are missing, exact to a gwei. */
const missingWei = async () => {
  const [, gwei] = /crema_challenger_missing_gwei\{[^}]*\} (\S+)/.exec(await challenger.metrics())!
  return BigInt(Math.round(Number(gwei))) * 10n ** 9n
}
/** Whole lines of the log with this message. */
const logged = (message: string): Record<string, unknown>[] =>
  challenger
    .log()
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.includes(`"${message}`))
    .map((line) => JSON.parse(line))

/** Hash of the entry that segment `x` of a block without deposits executes, from the node's own store. */
function entryHash(number: bigint, x: number): Hash {
  const { payload } = rollup.node.store.leaf(number - 1n - rollup.config.genesis.number)!
  return keccak256Hex(payloadEntries(payload)[x - 1]!.bytes)
}

interface Explained {
  readonly explanations: Readonly<
    Record<Hash, { readonly own: { readonly id: Hash }; readonly duels: readonly unknown[] }>
  >
}

it(
  'stakes nothing that would take the reserve for its moves, says so once, and stakes when it is funded',
  async () => {
    const held = await until('the alert', 2 * MINUTE, async () => logged('dispute: limit')[0])
    expect(held).toMatchObject({ level: 'error', what: 'the right child is not on L1' })
    expect(await missingWei()).toBe(ETHER / 2n)
    expect(logged('funds are missing')).toHaveLength(1)
    expect(await rivals()).toEqual([])
    await setBalance(3n * ETHER)
    await until('the rival', MINUTE, async () => (await rivals())[0])
  },
  4 * MINUTE,
)

it(
  'plays on where it was killed, down to the step of the lie, which L1 executes',
  async () => {
    await until('three reveals', 3 * MINUTE, async () => {
      const revealed = (await moves()).filter(({ eventName }) => eventName === 'Revealed')
      return revealed.length >= 3 || undefined
    })
    await challenger.kill()
    await challenger.start()
    // Below the reserve: nothing new would be staked, and what runs is played.
    await setBalance(ETHER / 2n)
    await until('the lack of funds', MINUTE, async () => logged('funds are missing')[1])
    const proven = await until('the proof', 4 * MINUTE, async () =>
      (await moves()).find((event) => event.eventName === 'StepProven'),
    )
    const { b, x, i } = places[0]!
    expect(proven.args).toMatchObject({ pos: (BigInt(b) << 36n) | (BigInt(x) << 24n) | BigInt(i) })
    const eliminated = (await moves()).flatMap((event) =>
      event.eventName === 'CommitmentEliminated' ? [event.args] : [],
    )
    const joined = (await moves()).flatMap((event) => (event.eventName === 'CommitmentJoined' ? [event.args] : []))
    expect(eliminated.map(({ id }) => id)).toEqual(
      joined.filter(({ assertionId }) => assertionId === wrong).map(({ id }) => id),
    )
    expect((await moves()).filter(({ eventName }) => eventName === 'DuelStarted')).toHaveLength(1)
  },
  8 * MINUTE,
)

it(
  'explains which block, transaction and step the two sides differed in',
  async () => {
    const duel = await until('the explanation', MINUTE, async () => {
      const { explanations } = await challenger.status<Explained>()
      return explanations[wrong]?.duels[0]
    })
    const { b, x, i } = places[0]!
    const number = rollup.config.genesis.number + BigInt(b) + 1n
    expect(duel).toMatchObject({
      theirAssertion: wrong,
      theirStatus: 'eliminated',
      known: { depth: 48 },
      differsIn: { firstBlock: String(number), lastBlock: String(number) },
      place: { block: String(number), segment: { index: x, kind: 'transaction', hash: entryHash(number, x) } },
      step: { index: i, microOp: 'txLoad' },
      proven: { weWereRight: true },
    })
    const { ourStates, proven } = duel as Record<string, Record<string, unknown>>
    expect(ourStates).toEqual({ before: proven!.before, after: proven!.after })
  },
  2 * MINUTE,
)

it(
  'settles: the liar loses its stake, the challenger has its own back and is paid for its moves',
  async () => {
    const { explanations } = await challenger.status<Explained>()
    const right = explanations[wrong]!.own.id
    await rollup.pass(1_802)
    await until('the right assertion to be confirmed', 2 * MINUTE, async () => {
      return (await readLatestConfirmed(rollup.l1, chain().address)) === right || undefined
    })
    const vault = { address: rollup.config.l1Contracts.bondVault, abi: bondVaultAbi }
    const events = await until('stake and costs', 2 * MINUTE, async () => {
      const found = await rollup.l1.getContractEvents({ ...vault, ...since() })
      const claimed = found.flatMap((event) => (event.eventName === 'Claimed' ? [event.args.amount] : []))
      return claimed.reduce((sum, wei) => sum + wei, 0n) > rollup.config.stake ? found : undefined
    })
    expect(events.filter(({ eventName }) => eventName === 'BondSlashed')).toHaveLength(1)
    expect(events.filter(({ eventName }) => eventName === 'BondReleased')).toHaveLength(1)
    expect(await challenger.metrics()).toMatch(/crema_dispute_calls_total\{kind="settle"[^}]*\} 1/)
    // What it does not play any more it still explains to who asks, with its own trace or, once that is put away, by what L1 holds.
    const { code, out } = await challenger.command('explain', wrong, '--json')
    expect(code).toBe(0)
    const { assertion, duels } = JSON.parse(out)
    expect(assertion.fate).toBe('lost')
    const word = expect.stringMatching(/^0x[0-9a-f]{64}$/)
    expect(duels).toMatchObject([{ proven: { before: word, after: word } }])
    const made = (duels[0].moves as { kind: string; depth?: number }[]).filter(({ kind }) => kind === 'revealed')
    expect(made.map(({ depth }) => depth)).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44])
    const unknown = await challenger.command('explain', `0x${'ab'.repeat(32)}`, '--json')
    expect(errorOf(unknown.err)).toMatchObject({ code: 'cli.not-found' })
  },
  5 * MINUTE,
)
