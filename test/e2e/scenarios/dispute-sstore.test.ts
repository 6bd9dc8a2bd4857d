// Scenario 13 of disputes: a false first child, false after one SSTORE inside a transaction, against an honest rival that an agent plays; stakes and costs to the wei.
import { createOwnTraces } from '@crema/dispute'
import { bondVaultAbi, disputeManagerAbi, readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { bytesToHex, type Hash } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { parseEventLogs } from 'viem'
import { expect, it, onTestFinished } from 'vitest'
import { type Arena, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { firstStep } from '../support/arena/find-step.ts'
import { commitmentOf, movesOf } from '../support/arena/play.ts'
import { vaultOf } from '../support/arena/vault.ts'
import { startDisputePlayer } from '../support/dispute-player.ts'
import { until } from '../support/until.ts'

const [HONEST, LIAR] = [10, 11] as const
const program = `0x${'d0'.repeat(20)}` as const
/** Stores the caller, then zero again. */
const code = '0x335f555f54505f5f5500'

async function sstoreArena(): Promise<Arena> {
  const arena = await startArena({
    prefunded,
    genesisAccounts: { [program]: { nonce: 1n, code } },
    async fill(rollup) {
      const user = l2User(rollup)
      await postBlocks(rollup, [
        [await user({ to: testAddress(7), value: 1n })],
        [await user({ to: testAddress(7), value: 1n }), await user({ to: program, gas: 100_000n })],
        [await user({ to: testAddress(7), value: 1n })],
      ])
    },
  })
  onTestFinished(() => arena.rollup.close())
  return arena
}

it('decides a lie about an SSTORE by executing it on L1; the liar pays, and the honest side has its stake and its costs back', async () => {
  const arena = await sstoreArena()
  const { rollup, contracts, view } = arena
  const { l1, config } = rollup
  const place = firstStep(arena, 'SSTORE')
  const right = await honest(arena, HONEST)
  const wrong = await liar(arena, LIAR, place)
  const before = { [HONEST]: await balance(HONEST), [LIAR]: await balance(LIAR) }

  const mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 100)
  onTestFinished(() => clearInterval(mining))
  const traces = createOwnTraces({ machineOf: view.machineOf, store: createMemoryTraceStore() })
  const player = startDisputePlayer({ rollup, account: HONEST, mode: 'full', children: view, traces })
  onTestFinished(() => player.stop().catch(() => {}))

  await arena.propose(wrong)
  await until('a rival', 30_000, async () => ((await arena.state()).parent.firstRivalAt > 0n ? true : undefined))
  await arena.commit(wrong)
  // The liar plays as long as the contract lets it, and sends the proof of the truth in the end.
  await until('an elimination', 60_000, async () => {
    const state = await arena.state()
    for (const { call } of movesOf(state, wrong)) await arena.send(LIAR, call)
    return state.commitments.find(({ wasEliminated }) => wasEliminated)
  })
  await rollup.pass(Number(2n * config.challengePeriod + config.gracePeriod))
  await until('the honest stake to be paid back', 60_000, async () => {
    const { bonds, credit } = await vaultOf(arena).account(testAddress(HONEST))
    return credit === 0n && bonds.length > 0 && bonds.every(({ status }) => status === 'released') ? true : undefined
  })
  await until('nothing to be in flight', 30_000, async () =>
    player.agent.status().inFlight.length === 0 ? true : undefined,
  )
  await player.stop()
  clearInterval(mining)

  expect(await readLatestConfirmed(l1, contracts.assertionChain)).toBe(right.id)
  const { events, fees } = await history()
  // 13 transactions, of which the last had L1 execute the very SSTORE.
  const played = ['DuelStarted', 'Revealed', 'StepProven'].map(
    (name) => events.filter(({ eventName }) => eventName === name).length,
  )
  expect(played).toEqual([1, 11, 1])
  const proven = events.find((event) => event.eventName === 'StepProven')!
  expect(proven.args).toMatchObject({
    pos: (BigInt(place.b) << 36n) | (BigInt(place.x) << 24n) | BigInt(place.i),
    stateBefore: bytesToHex(right.trace.stateBefore(place.b, place.x, place.i)),
    stateAfter: bytesToHex(right.trace.stateAfter(place.b, place.x, place.i)),
    olderRight: true,
    newerRight: false,
  })
  expect(
    events.filter(({ eventName }) => eventName === 'CommitmentEliminated').map(({ args }) => (args as { id: Hash }).id),
  ).toEqual([commitmentOf(wrong)])

  // To the wei: what each account has follows from its fees, its stakes and its credits.
  const paid = (kind: string) =>
    events.reduce((sum, { eventName, args }) => {
      const { mover, credit } = args as { readonly mover?: string; readonly credit?: bigint }
      return eventName === kind && mover?.toLowerCase() === testAddress(HONEST) ? sum + credit! : sum
    }, 0n)
  const joined = events.find(
    ({ eventName, args }) => eventName === 'CommitmentJoined' && (args as { id: Hash }).id === commitmentOf(right),
  )!
  const credits =
    paid('DuelStarted') + paid('Revealed') + paid('StepProven') + (joined.args as { credit: bigint }).credit
  expect(await balance(HONEST)).toBe(before[HONEST] - fees(HONEST) + credits)
  // The liar backed an assertion and a commitment: two bonds, both gone.
  expect(await balance(LIAR)).toBe(before[LIAR] - fees(LIAR) - 2n * config.stake)
  const costs = player.events.reduce((sum, event) => {
    const isMove = event.kind === 'sent' && ['rival', 'startDuel', 'reveal', 'prove'].includes(event.call)
    return isMove ? sum + event.feeWei : sum
  }, 0n)
  expect(costs).toBeGreaterThan(0n)
  expect(credits).toBeGreaterThanOrEqual(costs)
  expect(await vaultOf(arena).totals()).toEqual({
    ...{
      bonded: 0n,
      credit: 0n,
      burned: config.stake,
      pots: config.stake - credits,
      balance: 2n * config.stake - credits,
    },
  })

  function balance(account: number): Promise<bigint> {
    return l1.getBalance({ address: testAddress(account) })
  }

  /** Events of the dispute, and what each account paid for its transactions. */
  async function history() {
    const head = await l1.getBlockNumber()
    const logs = await l1.getLogs({
      address: [contracts.disputeManager],
      fromBlock: config.l1StartBlock,
      toBlock: head,
    })
    const spent = new Map<string, bigint>()
    for (let number = config.l1StartBlock; number <= head; number++) {
      const { transactions } = await l1.getBlock({ blockNumber: number })
      for (const hash of transactions) {
        const { from, gasUsed, effectiveGasPrice } = await l1.getTransactionReceipt({ hash })
        spent.set(from, (spent.get(from) ?? 0n) + gasUsed * effectiveGasPrice)
      }
    }
    return {
      events: parseEventLogs({ abi: [...disputeManagerAbi, ...bondVaultAbi], logs, strict: true }),
      fees: (account: number) => spent.get(testAddress(account)) ?? 0n,
    }
  }
}, 180_000)
