// What a dispute costs on the real contracts, beside what others publish: OP's FaultDisputeGame, BoLD, Cartesi's Dave.
import { pathToFileURL } from 'node:url'
import { buildTrace, createMemoryTraceStore } from '@crema/machine'
import { type Arena, type Contender, startArena } from '../support/arena/arena.ts'
import { honest, liar } from '../support/arena/contenders.ts'
import { decideDuel, takenBack } from '../support/arena/decide.ts'
import { everyStepAccounts, postEveryStep } from '../support/arena/every-step.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { firstSteps } from '../support/arena/find-step.ts'
import type { SentCall } from '../support/arena/send.ts'
import { playSybils, type SybilRun, startSybilArena } from '../support/arena/sybils.ts'
import { contractSizes, stakeRows } from './disputes-bounds.ts'
import { benchRestart } from './disputes-restart.ts'
import { lessRow, type Row, row } from './row.ts'

const [HONEST, LIAR] = [10, 11] as const
const A = 600
/** Figures of others: gas and transactions of a game to its bottom, as their authors publish them or measured with their sources. */
const published = {
  op: { transactions: 74, gasOfMove: 252_000, gasOfMoves: 16_700_000, gasOfStep: 263_000 },
  bold: { transactions: 69, gasOfMove: 443_000 },
  dave: { transactions: 93, gasOfMove: 90_000 },
} as const
/** Kinds of steps whose proofs are sent: one of each part of the verifier, and dear ones. */
const proven = [
  'ADD',
  'EXP',
  'copyChunk',
  'SSTORE',
  'CALL',
  'createAccount',
  'precompile 15',
  'txLoad',
  'blockBegin',
  'sealHeader',
]
const loop = `0x${'d1'.repeat(20)}` as const

/** Measures contracts, duels, sybils, the building of traces and an agent's restart. */
export async function benchDisputes(): Promise<Row[]> {
  const arena = await startArena({
    ...{ prefunded, genesisAccounts: everyStepAccounts, fill: postEveryStep, challengePeriod: BigInt(A) },
  })
  try {
    const right = await honest(arena, HONEST)
    const rows = [...(await contractSizes(arena)), ...(await benchDuels(arena, right)), ...(await benchSybils())]
    return [...rows, await benchTraceBuilding(), await benchRestart()]
  } finally {
    await arena.rollup.close()
  }
}

async function benchDuels(arena: Arena, right: Contender): Promise<Row[]> {
  const firsts = firstSteps(arena)
  const duels: SentCall[][] = []
  // Moves seconds apart: within one second clocks need no new value, which is cheaper.
  await arena.rollup.rpc('anvil_setBlockTimestampInterval', 3)
  for (const [at, op] of proven.entries()) {
    const wrong = await liar(arena, LIAR, firsts.find((step) => step.op === op)!)
    const from = arena.sent.length
    await takenBack(arena, () => (at % 2 === 0 ? decideDuel(arena, right, wrong) : decideDuel(arena, wrong, right)))
    duels.push(
      arena.sent.slice(from).filter(({ kind }) => kind === 'startDuel' || kind === 'reveal' || kind === 'prove'),
    )
  }
  await arena.rollup.rpc('anvil_removeBlockTimestampInterval')
  const gas = (calls: readonly SentCall[]): number[] =>
    calls.map(({ gasUsed }) => Number(gasUsed)).sort((a, b) => a - b)
  const all = duels.flat()
  const isCrossing = ({ call }: SentCall): boolean => call?.kind === 'reveal' && call.leaf.length > 0
  const plain = gas(all.filter((sent) => sent.kind === 'reveal' && !isCrossing(sent)))
  const crossing = gas(all.filter(isCrossing))
  const prove = gas(all.filter(({ kind }) => kind === 'prove'))
  const moves = duels.map((duel) =>
    gas(duel.filter(({ kind }) => kind !== 'prove')).reduce((sum, each) => sum + each, 0),
  )
  const transactions = Math.max(...duels.map(({ length }) => length))
  const perSide = Math.max(...duels.map((duel) => duel.filter(({ account }) => account === HONEST).length))
  const { op, bold, dave } = published
  return [
    lessRow(
      'disputes: L1 transactions of a duel (peer: OP)',
      'tx',
      transactions,
      op.transactions,
      op.transactions / 13,
    ),
    lessRow('disputes: L1 transactions of a duel (peer: BoLD)', 'tx', transactions, bold.transactions),
    lessRow('disputes: L1 transactions of a duel (peer: Dave)', 'tx', transactions, dave.transactions),
    lessRow('disputes: of them by the honest side at most (peer: half of OP)', 'tx', perSide, op.transactions / 2),
    lessRow('disputes: reveal, median (peer: OP move)', 'gas', median(plain), op.gasOfMove),
    lessRow('disputes: reveal, dearest (peer: OP move)', 'gas', plain.at(-1)!, op.gasOfMove, op.gasOfMove / 90_000),
    lessRow(
      'disputes: reveal for each of its 4 levels (peer: Dave advance, 1 level)',
      'gas',
      median(plain) / 4,
      dave.gasOfMove,
    ),
    lessRow(
      'disputes: reveal for each of its 4 levels (peer: BoLD bisection, 1 level)',
      'gas',
      median(plain) / 4,
      bold.gasOfMove,
    ),
    lessRow(
      'disputes: level crossing, dearest (peer: OP move)',
      'gas',
      crossing.at(-1)!,
      op.gasOfMove,
      op.gasOfMove / 140_000,
    ),
    lessRow(
      'disputes: all moves of both sides but prove (peer: OP)',
      'gas',
      Math.max(...moves),
      op.gasOfMoves,
      op.gasOfMoves / 1_500_000,
    ),
    lessRow(
      `disputes: prove, median of ${prove.length} kinds of steps (peer: OP step with its walk)`,
      'gas',
      median(prove),
      op.gasOfStep,
      op.gasOfStep / 1_000_000,
    ),
    lessRow(
      'disputes: prove, dearest of them (peer: OP step with its walk)',
      'gas',
      prove.at(-1)!,
      op.gasOfStep,
      op.gasOfStep / 12_000_000,
    ),
    ...stakeRows(Math.max(...moves)),
  ]
}

/** What sybils cost the honest side, those that never move and those that play to the end. */
async function benchSybils(): Promise<Row[]> {
  const arena = await startSybilArena(BigInt(A))
  try {
    const right = await honest(arena, HONEST)
    const rows: Row[] = []
    for (const [how, plays, counts] of [
      ['silent', false, [1, 2, 16, 100]],
      ['played', true, [1, 2, 16]],
    ] as const) {
      const runs: SybilRun[] = []
      for (const count of counts) runs.push(await playSybils(arena, right, { count, plays }))
      rows.push(...runs.flatMap((run) => sybilRows(run, runs[0]!, how, arena.rollup.config.stake)))
    }
    return rows
  } finally {
    await arena.rollup.close()
  }
}

function sybilRows(run: SybilRun, one: SybilRun, how: string, stake: bigint): Row[] {
  const { count } = run
  const against = `${count} ${how} sybil${count === 1 ? '' : 's'}`
  const stakes = Number(run.capitalWei) / Number(stake)
  const gas = (of: SybilRun): number => Number(of.moveGas) / of.count
  return [
    lessRow(
      `disputes: seconds from rival to confirmation, ${against}, A = ${A} s (peer: 1)`,
      's',
      run.seconds,
      one.seconds,
      1,
    ),
    lessRow(`disputes: honest stakes against ${against} (peer: theirs)`, 'stakes', stakes, count, count),
    lessRow(`disputes: gas of honest moves for each of ${against} (peer: 1)`, 'gas', gas(run), gas(one), 0.9),
    lessRow(
      `disputes: gas of settling and collecting for each of ${against} (peer: 1)`,
      ...(['gas', Number(run.settleGas) / count, Number(one.settleGas)] as const),
    ),
    row(
      `disputes: what the pot pays for honest moves against ${against} (peer: their fees)`,
      ...(['gwei', Number(run.creditsWei) / 1e9, Number(run.moveFeesWei) / 1e9, 1] as const),
    ),
  ]
}

/** Seconds to build a trace of many steps, beside running the same steps without hashing their states. */
async function benchTraceBuilding(): Promise<Row> {
  const arena = await startArena({
    prefunded,
    genesisAccounts: { [loop]: { nonce: 1n, code: '0x5b60016002015060005600' } },
    fill: async (rollup) => postBlocks(rollup, [[await l2User(rollup)({ to: loop, gas: 2_000_000n })]]),
  })
  try {
    const { source } = arena.machine
    const run = source.openBlock(0)
    const runFrom = performance.now()
    let steps = 0
    while (run.nextSegment()) steps += run.skip(Number.POSITIVE_INFINITY)
    const ran = (performance.now() - runFrom) / 1_000
    const from = performance.now()
    await buildTrace({ source, store: createMemoryTraceStore() })
    const built = (performance.now() - from) / 1_000
    const million = steps / 1e6
    return lessRow(
      'disputes: building a trace, for each million steps (peer: running them)',
      's',
      built / million,
      ran / million,
    )
  } finally {
    await arena.rollup.close()
  }
}

const median = (sorted: readonly number[]): number => sorted[sorted.length >> 1]!

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, value, unit, peer, ratio, target } of await benchDisputes()) {
    console.log(
      `${name}: ${value.toFixed(1)} ${unit} against ${peer.toFixed(1)}, ratio ${ratio.toFixed(2)}, target ${target?.toFixed(2) ?? 'none'}`,
    )
  }
}
