import { type Address, type Hash, hashWords, tags } from '@crema/protocol'

/** What L1 stores where there is no hash. */
export const noHash: Hash = `0x${'0'.repeat(64)}`

/** Identity of the dispute about a parent's children of one epoch. */
export function disputeId(parentId: Hash, reopenEpoch: number): Hash {
  return hashWords(tags.dispute, parentId, reopenEpoch)
}

/** Identity of a committed trace. */
export function commitmentId(assertionId: Hash, traceRoot: Hash): Hash {
  return hashWords(tags.commitment, assertionId, traceRoot)
}

/** Identity of the duel of two commitments, the one that joined first in front. */
export function duelId(older: Hash, newer: Hash): Hash {
  return hashWords(tags.duel, older, newer)
}

/** One move's credit: the side it was made for, who made it, wei. */
export interface Credit {
  readonly side: 0 | 1
  readonly mover: Address
  readonly amount: bigint
}

/** A duel's ledger after another move. */
export function ledger(before: Hash, { side, mover, amount }: Credit): Hash {
  return hashWords(tags.credit, before, side, mover, amount)
}
