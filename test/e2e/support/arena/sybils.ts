import { disputeManagerAbi, readLatestConfirmed } from '@crema/l1'
import { testAddress } from '@crema/testing'
import { type Arena, type Contender, startArena } from './arena.ts'
import { liar } from './contenders.ts'
import { takenBack } from './decide.ts'
import { l2User, postBlocks, prefunded } from './fill.ts'
import { honestTurn } from './honest-turn.ts'
import { movesOf } from './play.ts'
import { type VaultTotals, vaultOf } from './vault.ts'

/** Seconds that a round of moves takes: one L1 block. */
const ROUND = 12
/** Accounts that lie, in turn. */
const [FIRST_LIAR, LIARS] = [11, 6] as const
const MOST_ROUNDS = 200

/** How a dispute of one against many went. Gas and wei are the honest side's. */
export interface SybilRun {
  readonly count: number
  /** L1 seconds from the first rival to the confirmation of the truth. */
  readonly seconds: number
  /** Steps that L1 executed. */
  readonly proven: number
  /** Of its commitment and moves; of settling, writing down what everybody lost, and collecting. */
  readonly moveGas: bigint
  readonly settleGas: bigint
  readonly moveFeesWei: bigint
  /** At stake at a time, at most. */
  readonly capitalWei: bigint
  /** What the contracts noted for its moves and its commitment. */
  readonly creditsWei: bigint
  /** What it has more than before all this, its fees not counted. */
  readonly gainWei: bigint
  /** The vault when everybody who can has been paid. */
  readonly vault: VaultTotals
}

export interface SybilOptions {
  readonly count: number
  /** Whether they play their duels to the end, or never move. */
  readonly plays: boolean
}

/** An arena about a block of one transfer, for many who lie about it. */
export const startSybilArena = (challengePeriod: bigint): Promise<Arena> =>
  startArena({
    ...{ prefunded, challengePeriod },
    fill: async (rollup) => postBlocks(rollup, [[await l2User(rollup)({ to: testAddress(7), value: 1n })]]),
  })

const moveKinds: ReadonlySet<string> = new Set(['commit', 'startDuel', 'reveal', 'prove', 'timeout'])

/**
 * Lets sybils, each with another lie, rival the truth at once, the honest side play them all, and everybody be paid. A round of moves takes 12 seconds of L1's clock, which stands still else.
 * Takes L1 back in the end. Throws when the truth is not confirmed.
 */
export function playSybils(arena: Arena, right: Contender, options: SybilOptions): Promise<SybilRun> {
  return takenBack(arena, async () => {
    const { rpc } = arena.rollup
    await rpc('anvil_setBlockTimestampInterval', 0)
    try {
      return await play(arena, right, options)
    } finally {
      await rpc('anvil_removeBlockTimestampInterval')
    }
  })
}

async function play(arena: Arena, right: Contender, { count, plays }: SybilOptions): Promise<SybilRun> {
  const { rollup, contracts } = arena
  const { l1, config, rpc } = rollup
  const honest = testAddress(right.account)
  const from = arena.sent.length
  const fromBlock = await l1.getBlockNumber()
  const start = await l1.getBalance({ address: honest })
  const now = async (): Promise<bigint> => (await l1.getBlock()).timestamp
  await arena.propose(right)
  const sybils: Contender[] = []
  for (let salt = 0; salt < count; salt++) {
    const sybil = await liar(arena, FIRST_LIAR + (salt % LIARS), { b: 0, x: 0, i: 1 }, { salt })
    await arena.rival(sybil)
    sybils.push(sybil)
  }
  const rivalAt = await now()

  let confirmedAt: bigint | undefined
  let capitalWei = 0n
  for (let round = 0; ; round++) {
    if (round === MOST_ROUNDS) throw new Error(`${count} sybils are not beaten`)
    let sent = await honestTurn(arena, right)
    if (plays) sent += await movesAgainst(arena, sybils, right)
    const { bonds, credit } = await vaultOf(arena).account(honest)
    const active = bonds.filter(({ status }) => status === 'active')
    const atStake = active.reduce((sum, { amount }) => sum + amount, 0n)
    capitalWei = atStake > capitalWei ? atStake : capitalWei
    const latest = await readLatestConfirmed(l1, contracts.assertionChain)
    if (latest === right.id) confirmedAt ??= await now()
    if (sent === 0 && latest === right.id && active.length === 0 && credit === 0n) break
    // Nobody has a move: until the clocks of who is silent and the windows are over, and then the grace.
    const closesAt = rivalAt + config.challengePeriod
    const next = (await now()) + BigInt(ROUND)
    await rpc('evm_setNextBlockTimestamp', Number(sent === 0 && next < closesAt ? closesAt : next))
    await rpc('evm_mine')
  }

  const spent = arena.sent.slice(from).filter(({ account }) => account === right.account)
  const fees = spent.reduce((sum, { feeWei }) => sum + feeWei, 0n)
  const moves = spent.filter(({ kind }) => moveKinds.has(kind))
  const others = spent.filter(({ kind }) => kind !== 'propose' && !moveKinds.has(kind))
  const gasOf = (calls: typeof spent): bigint => calls.reduce((sum, { gasUsed }) => sum + gasUsed, 0n)
  const { creditsWei, proven } = await creditsOf(arena, honest, fromBlock)
  return {
    ...{ count, seconds: Number(confirmedAt! - rivalAt), proven, capitalWei, creditsWei },
    moveGas: gasOf(moves),
    settleGas: gasOf(others),
    moveFeesWei: moves.reduce((sum, { feeWei }) => sum + feeWei, 0n),
    gainWei: (await l1.getBalance({ address: honest })) - start + fees,
    vault: await vaultOf(arena).totals(),
  }
}

/** A round of moves of the sybils. Returns how many. */
async function movesAgainst(arena: Arena, sybils: readonly Contender[], right: Contender): Promise<number> {
  const [state] = await arena.states(({ assertionId }) => assertionId === right.id)
  let sent = 0
  for (const sybil of sybils) {
    for (const { call } of movesOf(state!, sybil, [right])) {
      await arena.send(sybil.account, call)
      sent++
    }
  }
  return sent
}

/** Wei that the contract noted for an account's moves and commitments, and how many steps it executed. */
async function creditsOf({ rollup, contracts }: Arena, address: string, fromBlock: bigint) {
  const events = await rollup.l1.getContractEvents({
    ...{ address: contracts.disputeManager, abi: disputeManagerAbi, fromBlock, strict: true },
  })
  const creditsWei = events.reduce((sum, { args }) => {
    const { mover, staker, credit } = args as { mover?: string; staker?: string; credit?: bigint }
    return credit !== undefined && (mover ?? staker)?.toLowerCase() === address ? sum + credit : sum
  }, 0n)
  return { creditsWei, proven: events.filter(({ eventName }) => eventName === 'StepProven').length }
}
