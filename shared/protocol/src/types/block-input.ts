import type { Hash } from './hex.ts'
import type { Deposit, Origin } from './inbox.ts'

/** Everything an L2 block is a function of, besides its parent (docs/protocol/block.md). */
export interface BlockInput {
  readonly number: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly prevRandao: Hash
  readonly origin: Pick<Origin, 'number' | 'hash' | 'timestamp' | 'baseFee'>
  readonly deposits: readonly Deposit[]
  readonly payload: Uint8Array
}
