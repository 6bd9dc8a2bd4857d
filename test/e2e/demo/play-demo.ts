import { createOwnTraces } from '@crema/dispute'
import { readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { testAddress } from '@crema/testing'
import { formatEther } from 'viem'
import { type Arena, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { firstStep } from '../support/arena/find-step.ts'
import { commitmentOf, movesOf } from '../support/arena/play.ts'
import { vaultOf } from '../support/arena/vault.ts'
import { startDisputePlayer } from '../support/dispute-player.ts'
import { until } from '../support/until.ts'
import { describeStep } from './describe-step.ts'
import { createNarrator } from './narrator.ts'
import { type L1Transaction, readTransactions } from './transactions.ts'

const [HONEST, LIAR] = [10, 11] as const
const names = { [testAddress(HONEST)]: 'challenger', [testAddress(LIAR)]: 'liar' }
const CLOCK = 120n
const vault = `0x${'d0'.repeat(20)}` as const
/** Keeps a counter in slot 0: adds one. */
const counterCode = '0x5f54600101805f5500'

export interface DemoSummary {
  readonly ok: boolean
  /** Transactions from the duel's opening to its end. */
  readonly duelTransactions: number
  readonly step: { readonly block: number; readonly segment: number; readonly step: number; readonly op: string }
  readonly proveGas: number
  /** All moves of both sides without prove. */
  readonly movesGas: number
  readonly honest: { readonly creditsWei: string; readonly movesFeeWei: string; readonly stakeBack: boolean }
  readonly liar: { readonly lostStakeWei: string }
  readonly burnedWei: string
  readonly seconds: number
}

/** Plays the lie to its end, telling what happens. Throws when something does not happen in time. */
export async function playDemo(
  say: (line: string) => void,
): Promise<{ readonly summary: DemoSummary; readonly sent: readonly L1Transaction[] }> {
  const startedAt = Date.now()
  say('Starting an L1 of one machine, the contracts with the whole EVM step verifier, and a node …')
  const arena = await startArena({ prefunded, ...genesis, challengePeriod: CLOCK, gracePeriod: 2n, fill })
  const mining = setInterval(() => void arena.rollup.rpc('evm_mine').catch(() => {}), 250)
  try {
    return await play(arena, say, startedAt)
  } finally {
    clearInterval(mining)
    await arena.rollup.close()
  }
}

const genesis = { genesisAccounts: { [vault]: { nonce: 1n, code: counterCode } } } as const

async function fill(rollup: Arena['rollup']): Promise<void> {
  const user = l2User(rollup)
  const transfer = () => user({ to: testAddress(7), value: 1n })
  const count = () => user({ to: vault, gas: 100_000n })
  await postBlocks(rollup, [
    [await transfer()],
    [await transfer(), await count(), await transfer()],
    [await transfer()],
  ])
}

async function play(arena: Arena, say: (line: string) => void, startedAt: number) {
  const { rollup, contracts, view } = arena
  const place = firstStep(arena, 'SSTORE')
  const right = await honest(arena, HONEST)
  const wrong = await liar(arena, LIAR, place)
  say(
    `L2 has ${arena.blocks.count} blocks. The liar executes all of them rightly but for one instruction: ${describeStep(arena, place)}.`,
  )
  say(
    `So it asserts state root ${short(wrong.end.stateRoot)} where ${short(right.end.stateRoot)} is right, and stakes ${formatEther(rollup.config.stake)} ETH on it, and as much on its trace.`,
  )
  say(`Whoever is to move has ${CLOCK} seconds for all of its moves.`)
  say('')

  const traces = createOwnTraces({ machineOf: view.machineOf, store: createMemoryTraceStore() })
  const player = startDisputePlayer({ rollup, account: HONEST, mode: 'full', children: view, traces })
  try {
    const narrator = createNarrator({ arena, say, names, assertions: { [right.id]: 'right', [wrong.id]: 'wrong' } })
    await arena.propose(wrong)
    await until('a rival', 60_000, async () => {
      const { parent } = narrator.tell(await arena.state())
      return parent.firstRivalAt > 0n ? true : undefined
    })
    await arena.commit(wrong)
    await until('an elimination', 90_000, async () => {
      const state = narrator.tell(await arena.state())
      for (const { call } of movesOf(state, wrong)) await arena.send(LIAR, call)
      return state.commitments.find(({ wasEliminated }) => wasEliminated)
    })
    say('')
    say('All windows have to pass before anything is confirmed; L1 lets the time pass at once.')
    await rollup.pass(Number(2n * CLOCK) + 2)
    await until('the stake to be paid back', 60_000, async () => {
      narrator.tell(await arena.state())
      const { bonds, credit } = await vaultOf(arena).account(testAddress(HONEST))
      const isPaid = credit === 0n && bonds.length > 0 && bonds.every(({ status }) => status === 'released')
      return isPaid && player.agent.status().inFlight.length === 0 ? true : undefined
    })
    narrator.tell(await arena.state())
  } finally {
    await player.stop()
  }
  const sent = await readTransactions(arena, names)
  const totals = await vaultOf(arena).totals()
  const duel = sent.filter(({ call }) => ['startDuel', 'reveal', 'prove'].includes(call))
  const gasOf = (list: readonly L1Transaction[]) => list.reduce((sum, { gasUsed }) => sum + Number(gasUsed), 0)
  const isMove = ({ by, call }: L1Transaction) => by === 'challenger' && moves.has(call)
  const fees = sent.filter(isMove).reduce((sum, { feeWei }) => sum + feeWei, 0n)
  const { bonds } = await vaultOf(arena).account(testAddress(HONEST))
  const lost = (await vaultOf(arena).account(testAddress(LIAR))).bonds.filter(({ status }) => status === 'slashed')
  const state = await arena.state()
  const stakeBack = bonds.every(({ status }) => status === 'released')
  const eliminated = state.commitments.filter(({ wasEliminated }) => wasEliminated).map(({ id }) => id)
  const isRight = (await readLatestConfirmed(rollup.l1, contracts.assertionChain)) === right.id
  // What the pot paid is what the slashed stakes put in and is not there any more.
  const credits = lost.reduce((sum, { amount }) => sum + amount / 2n, 0n) - totals.pots
  const summary: DemoSummary = {
    ok: isRight && stakeBack && eliminated.length === 1 && eliminated[0] === commitmentOf(wrong) && credits >= fees,
    duelTransactions: duel.length,
    step: { block: place.b, segment: place.x, step: place.i, op: place.op },
    proveGas: gasOf(duel.filter(({ call }) => call === 'prove')),
    movesGas: gasOf(duel.filter(({ call }) => call !== 'prove')),
    honest: { creditsWei: `${credits}`, movesFeeWei: `${fees}`, stakeBack },
    liar: { lostStakeWei: `${lost.reduce((sum, { amount }) => sum + amount, 0n)}` },
    burnedWei: `${totals.burned}`,
    seconds: Math.round((Date.now() - startedAt) / 1_000),
  }
  return { summary, sent }
}

const moves = new Set(['proposeRival', 'startDuel', 'reveal', 'prove', 'timeout'])
const short = (hash: string): string => `${hash.slice(0, 10)}…`
