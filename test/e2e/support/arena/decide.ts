import { createDisputeBook, type DisputeEvent } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { Arena, Contender } from './arena.ts'
import { playOut } from './play.ts'

/** What became of a duel. */
export interface Outcome {
  /** The steps that L1 executed. */
  readonly proven: readonly Extract<DisputeEvent, { kind: 'proven' }>[]
  /** Commitments that lost. */
  readonly eliminated: readonly Hash[]
  /** Transactions of the duel. */
  readonly moves: number
}

/** Plays a whole dispute of two: `first` is proposed, `rival` joins beside it, `first` commits and so has the last move. */
export async function decideDuel(arena: Arena, first: Contender, rival: Contender): Promise<Outcome> {
  await arena.propose(first)
  await arena.rival(rival)
  await arena.commit(first)
  await playOut(arena, [first, rival])
  return readOutcome(arena)
}

/** All that L1 says of the duels so far. */
export async function readOutcome({ rollup, contracts }: Arena): Promise<Outcome> {
  const book = createDisputeBook(rollup.l1, { contracts, fromBlock: rollup.config.l1StartBlock })
  await book.refresh()
  const events = book.events()
  return {
    proven: events.filter((event) => event.kind === 'proven'),
    eliminated: events.filter((event) => event.kind === 'eliminated').map(({ id }) => id),
    moves: events.filter(({ kind }) => kind === 'started' || kind === 'revealed' || kind === 'proven').length,
  }
}

/** Takes L1 back to where it was before `use`. */
export async function takenBack<T>({ rollup }: Arena, use: () => Promise<T>): Promise<T> {
  const snapshot = await rollup.rpc('evm_snapshot')
  try {
    return await use()
  } finally {
    await rollup.rpc('evm_revert', snapshot)
  }
}
