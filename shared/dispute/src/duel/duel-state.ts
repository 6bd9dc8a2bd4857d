import { type DisputeCommitment, type DisputeDuel, NEWER, OLDER, type Side } from '@crema/l1'
import { moveAt, type RevealStep } from './move-at.ts'

/** Where a pair of commitments stands, seen from one of them. Times in seconds. */
export type DuelState =
  /** One of the two is out, or both. */
  | { readonly kind: 'decided'; readonly oursAlive: boolean; readonly theirsAlive: boolean }
  /** Ours joined later: it opens its root, and its clock has been running since it joined. */
  | { readonly kind: 'toStart'; readonly deadline: bigint }
  | { readonly kind: 'toReveal'; readonly step: RevealStep; readonly depth: number; readonly deadline: bigint }
  | { readonly kind: 'toProve'; readonly deadline: bigint }
  /** The other side is to move; before the start too. */
  | { readonly kind: 'waiting'; readonly isStarted: boolean; readonly depth: number; readonly deadline: bigint }
  /** The side to move did not: whoever calls `timeout` eliminates it. */
  | { readonly kind: 'theirsExpired'; readonly at: bigint }
  | { readonly kind: 'oursExpired'; readonly at: bigint }
  /** What was read cannot be under the contract's rules. */
  | { readonly kind: 'impossible'; readonly why: string }

/** The two commitments of a duel as one of them sees it. */
export interface DuelSides {
  readonly duel: DisputeDuel
  readonly ours: DisputeCommitment
  readonly theirs: DisputeCommitment
}

/** Which side of its duel a commitment is. */
export function sideOf({ duel, ours }: Pick<DuelSides, 'duel' | 'ours'>): Side {
  return duel.older === ours.id ? OLDER : NEWER
}

/** State of a pair at L1 time `now`, in seconds. */
export function duelState({ duel, ours, theirs }: DuelSides, now: bigint): DuelState {
  const oursAlive = ours.status === 'alive'
  const theirsAlive = theirs.status === 'alive'
  if (!oursAlive || !theirsAlive) return { kind: 'decided', oursAlive, theirsAlive }
  const side = sideOf({ duel, ours })
  switch (duel.status) {
    case 'over':
      return { kind: 'impossible', why: 'the duel is over and both sides are alive' }
    case 'none': {
      const newer = side === NEWER ? ours : theirs
      const deadline = newer.joinedAt + newer.remaining
      if (now >= deadline) return { kind: side === NEWER ? 'oursExpired' : 'theirsExpired', at: deadline }
      return side === NEWER ? { kind: 'toStart', deadline } : { kind: 'waiting', isStarted: false, depth: 0, deadline }
    }
    case 'running':
      return runningState(duel, side, now)
    default:
      return duel.status satisfies never
  }
}

function runningState(duel: DisputeDuel, side: Side, now: bigint): DuelState {
  const due = moveAt(duel.depth)
  if (due === undefined) return { kind: 'impossible', why: `no duel has depth ${duel.depth}` }
  if (due.side !== duel.turn)
    return { kind: 'impossible', why: `side ${duel.turn} does not move at depth ${duel.depth}` }
  const deadline = duel.last + duel.clocks[duel.turn]
  const isOurs = duel.turn === side
  if (now >= deadline) return { kind: isOurs ? 'oursExpired' : 'theirsExpired', at: deadline }
  if (!isOurs) return { kind: 'waiting', isStarted: true, depth: duel.depth, deadline }
  switch (due.kind) {
    case 'reveal':
      return { kind: 'toReveal', step: due.step, depth: duel.depth, deadline }
    case 'prove':
      return { kind: 'toProve', deadline }
    default:
      return due satisfies never
  }
}
