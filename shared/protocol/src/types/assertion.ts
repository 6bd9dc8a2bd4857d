import type { Hash } from './hex.ts'

/** `BlockState.status` values. */
export const blockStatus = { blockEnd: 0, assertionEnd: 1 } as const

/** State of the rollup between two L2 blocks (contracts/src/types/Assertion.sol). */
export interface BlockState {
  readonly number: bigint
  readonly blockHash: Hash
  readonly stateRoot: Hash
  readonly withdrawalsRoot: Hash
  readonly inboxCount: bigint
  readonly gasSinceAssertionStart: bigint
  readonly status: (typeof blockStatus)[keyof typeof blockStatus]
}
