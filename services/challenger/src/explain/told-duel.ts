import { type DuelState, duelState, placeOf } from '@crema/dispute'
import type { DisputeCommitment, DisputeDuel, DisputeEvent } from '@crema/l1'
import type { Hash } from '@crema/protocol'

/** One side of a duel. */
interface ToldSide {
  readonly commitment: Hash
  readonly assertion: Hash
  readonly staker: string
  readonly status: string
}

/** What L1 alone tells of a duel, without a trace of one's own. */
export interface ToldDuel {
  readonly duelId: Hash
  readonly older: ToldSide
  readonly newer: ToldSide
  readonly state: DuelState
  readonly moves: readonly ToldMove[]
  /** What L1 found when the step was proven; the place is counted within the assertion, from 0. */
  readonly proven:
    | {
        readonly place: ReturnType<typeof placeOf>
        readonly before: Hash
        readonly after: Hash
        readonly right: { readonly older: boolean; readonly newer: boolean }
      }
    | undefined
}

/** A move that L1 took. */
export interface ToldMove {
  readonly kind: string
  readonly l1TransactionHash: Hash
  /** Who sent it, for itself or for another. */
  readonly mover: string | undefined
  /** Levels of the trace, of 48, down to which the move led. */
  readonly depth: number | undefined
}

/** Tells a duel by its events, in order. `now`: L1 time, seconds. */
export function tellDuel(
  duel: DisputeDuel,
  sides: { readonly older: DisputeCommitment; readonly newer: DisputeCommitment },
  events: readonly DisputeEvent[],
  now: bigint,
): ToldDuel {
  const proven = events.find((event) => event.kind === 'proven')
  return {
    duelId: duel.id,
    older: tellSide(sides.older),
    newer: tellSide(sides.newer),
    state: duelState({ duel, ours: sides.older, theirs: sides.newer }, now),
    moves: events.map(tellMove),
    proven:
      proven === undefined
        ? undefined
        : {
            place: placeOf(Number(proven.pos)),
            before: proven.stateBefore,
            after: proven.stateAfter,
            right: { older: proven.right[0], newer: proven.right[1] },
          },
  }
}

/** A move in few words. */
export function tellMove(event: DisputeEvent): ToldMove {
  const { kind, l1TransactionHash } = event
  return {
    kind,
    l1TransactionHash,
    mover: 'credit' in event ? event.credit.mover : undefined,
    depth: 'depth' in event ? event.depth : undefined,
  }
}

function tellSide({ id, assertionId, staker, status, wasEliminated }: DisputeCommitment): ToldSide {
  return { commitment: id, assertion: assertionId, staker, status: wasEliminated ? 'eliminated' : status }
}
