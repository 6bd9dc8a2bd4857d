// Scenarios 21 and 24 of disputes: two honest agents race for every call of a dispute; fees rise twentyfold in the middle of a duel.
import { createOwnTraces } from '@crema/dispute'
import { bondVaultAbi, disputeManagerAbi, readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import type { Hash, Hex } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { takenBack } from '../support/arena/decide.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { movesOf } from '../support/arena/play.ts'
import { vaultOf } from '../support/arena/vault.ts'
import { type DisputePlayer, startDisputePlayer } from '../support/dispute-player.ts'
import { until } from '../support/until.ts'

const MINUTE = 60_000
const A = 7_200
/** Honest accounts that race, one that is alone, and who lies. */
const [FIRST, SECOND, ALONE, LIAR] = [10, 12, 13, 11] as const
const gwei = 10n ** 9n

let arena: Arena
let right: Contender
let wrong: Contender
let players: DisputePlayer[]
/** Wei per gas of every block; undefined: as the protocol has it. */
let baseFee: bigint | undefined
let mining: NodeJS.Timeout | undefined
beforeAll(async () => {
  arena = await startArena({
    ...{ prefunded, challengePeriod: BigInt(A) },
    async fill(rollup) {
      const user = l2User(rollup)
      const pay = () => user({ to: testAddress(7), value: 1n })
      await postBlocks(rollup, [[await pay()], [await pay(), await pay()]])
    },
  })
  right = await honest(arena, FIRST)
  wrong = await liar(arena, LIAR, { b: 1, x: 2, i: 1 })
}, 2 * MINUTE)
afterAll(() => arena?.rollup.close())

/** On a fresh L1, where whatever is sent waits for the next block, so that others can be as fast. */
async function inTest(use: () => Promise<void>): Promise<void> {
  await takenBack(arena, async () => {
    players = []
    baseFee = undefined
    await arena.rollup.rpc('evm_setAutomine', false)
    resume()
    try {
      await use()
    } finally {
      for (const player of players) await player.stop()
      pause()
      await arena.rollup.rpc('evm_setAutomine', true)
    }
  })
}

async function mine(): Promise<void> {
  const { rpc } = arena.rollup
  if (baseFee !== undefined) await rpc('anvil_setNextBlockBaseFeePerGas', `0x${baseFee.toString(16)}`)
  await rpc('evm_mine')
}

function resume(): void {
  mining = setInterval(() => void mine().catch(() => {}), 100)
}

function pause(): void {
  clearInterval(mining)
}

function play(account: number): DisputePlayer {
  const traces = createOwnTraces({ machineOf: arena.view.machineOf, store: createMemoryTraceStore() })
  const player = startDisputePlayer({ rollup: arena.rollup, account, mode: 'full', children: arena.view, traces })
  players.push(player)
  return player
}

const eliminated = async () => (await arena.state()).commitments.find(({ wasEliminated }) => wasEliminated)

/** The liar's moves until `isOver`. */
async function lieUntil(what: string, isOver: () => Promise<unknown>): Promise<void> {
  await until(what, 3 * MINUTE, async () => {
    for (const { call } of movesOf(await arena.state(), wrong)) await arena.send(LIAR, call)
    return (await isOver()) || undefined
  })
}

/** Lets the windows pass and waits until everybody has all back. */
async function settle(): Promise<void> {
  await arena.rollup.pass(2 * A + 2)
  await until('everybody to be paid', 2 * MINUTE, async () => {
    if ((await readLatestConfirmed(arena.rollup.l1, arena.contracts.assertionChain)) !== right.id) return undefined
    for (const player of players) {
      const { creditWei, atRiskWei, inFlight } = player.agent.status()
      if (creditWei > 0n || atRiskWei > 0n || inFlight.length > 0) return undefined
    }
    const { totals } = vaultOf(arena)
    const { bonded, credit } = await totals()
    return (bonded === 0n && credit === 0n) || undefined
  })
}

const duelEvents = () =>
  arena.rollup.l1.getContractEvents({
    ...{ address: arena.contracts.disputeManager, abi: disputeManagerAbi },
    ...{ fromBlock: arena.rollup.config.l1StartBlock, strict: true as const },
  })

/** Wei that an account took home. */
async function claimed(account: number): Promise<bigint> {
  const events = await arena.rollup.l1.getContractEvents({
    ...{ address: arena.contracts.bondVault, abi: bondVaultAbi, eventName: 'Claimed' as const },
    ...{ fromBlock: arena.rollup.config.l1StartBlock, strict: true as const },
  })
  const own = events.filter(({ args }) => args.owner.toLowerCase() === testAddress(account))
  return own.reduce((sum, { args }) => sum + args.amount, 0n)
}

it(
  'two honest agents make one set of moves between them, and each is paid for its own',
  () =>
    inTest(async () => {
      await arena.propose(wrong)
      for (const account of [FIRST, SECOND]) play(account)
      await until('a rival', MINUTE, async () => (await arena.state()).parent.firstRivalAt > 0n || undefined)
      await arena.commit(wrong)
      await lieUntil('the decision', eliminated)
      await settle()

      const events = await duelEvents()
      const names = events.map(({ eventName }) => eventName)
      const count = (name: string) => names.filter((each) => each === name).length
      expect([count('CommitmentJoined'), count('DuelStarted'), count('Revealed'), count('StepProven')]).toEqual([
        2, 1, 11, 1,
      ])
      // Whoever was slower takes what it finds for done.
      const counts = players.map(({ agent }) => agent.status().counts)
      expect(counts.map(({ failed }) => failed)).toEqual([0, 0])
      expect(counts.reduce((sum, { alreadyDone }) => sum + alreadyDone, 0)).toBeGreaterThan(0)
      expect(players.map(({ agent }) => agent.status().lastError)).toEqual([undefined, undefined])

      let stakes = 0
      for (const account of [FIRST, SECOND]) {
        const mine = (who: unknown) => String(who).toLowerCase() === testAddress(account)
        const credits = events.reduce((sum, { args }) => {
          const { mover, staker, credit } = args as { mover?: string; staker?: string; credit?: bigint }
          return credit !== undefined && mine(mover ?? staker) ? sum + credit : sum
        }, 0n)
        const { bonds } = await vaultOf(arena).account(testAddress(account))
        expect(bonds.map(({ status }) => status)).toEqual(bonds.map(() => 'released'))
        stakes += bonds.length
        expect(await claimed(account)).toBe(credits + BigInt(bonds.length) * arena.rollup.config.stake)
      }
      expect(stakes).toBe(1)
    }),
  5 * MINUTE,
)

it(
  'raises its fees when they rise twentyfold in a duel, under the same nonce, and wins in time',
  () =>
    inTest(async () => {
      baseFee = gwei
      await arena.propose(wrong)
      const player = play(ALONE)
      await until('a rival', MINUTE, async () => (await arena.state()).parent.firstRivalAt > 0n || undefined)
      await arena.commit(wrong)
      const revealed = async () => (await duelEvents()).filter(({ eventName }) => eventName === 'Revealed').length
      await lieUntil('a move of each side', async () => (await revealed()) >= 2)

      // A move that was priced before the fees rose waits in the pool.
      pause()
      const stuck = await until('a move to wait', MINUTE, async () => {
        const found = await waiting(ALONE)
        if (found === undefined) {
          for (const { call } of movesOf(await arena.state(), wrong)) void arena.send(LIAR, call).catch(() => {})
          await mine()
        }
        return found
      })
      baseFee = 20n * gwei
      resume()
      await lieUntil('the decision', eliminated)
      await settle()

      // Its nonce was used by another transaction, which offered more.
      const { rpc, l1, config } = arena.rollup
      expect(await rpc('eth_getTransactionReceipt', stuck.hash)).toBeNull()
      const { bumps, account } = await player.tx.status()
      expect(bumps).toBeGreaterThan(0)
      expect(account!.latestNonce).toBeGreaterThan(Number(stuck.nonce))
      const replaced = await minedUnder(Number(stuck.nonce))
      expect(replaced.input).toBe(stuck.input)
      expect(replaced.maxFeePerGas!).toBeGreaterThanOrEqual(20n * gwei)
      expect(await revealed()).toBe(11)
      expect(player.events.filter(({ kind }) => kind === 'failed')).toEqual([])

      /** The honest side's transaction with this nonce. */
      async function minedUnder(nonce: number) {
        const head = await l1.getBlockNumber()
        for (let blockNumber = config.l1StartBlock; blockNumber <= head; blockNumber++) {
          const { transactions } = await l1.getBlock({ blockNumber, includeTransactions: true })
          const found = transactions.find((tx) => tx.nonce === nonce && tx.from.toLowerCase() === testAddress(ALONE))
          if (found !== undefined) return found
        }
        throw new Error(`nonce ${nonce} is unused`)
      }
    }),
  5 * MINUTE,
)

interface Waiting {
  readonly hash: Hash
  readonly nonce: Hex
  readonly input: Hex
}

/** A transaction of the account's in the pool. */
async function waiting(account: number): Promise<Waiting | undefined> {
  const content = await arena.rollup.rpc<{ pending: Record<string, Record<string, Waiting>> }>('txpool_content')
  const own = Object.entries(content.pending).find(([address]) => address.toLowerCase() === testAddress(account))
  return own && Object.values(own[1])[0]
}
