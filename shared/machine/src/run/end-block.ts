import { type BlockState, blockStatus } from '@crema/protocol'
import type { SealedHeader } from '../state/machine.ts'

/** What an assertion is verified against; none of it changes within one. */
export interface AssertionContext {
  /** Leaves that the assertion's parent had consumed. */
  readonly startInboxCount: bigint
  /** Leaves after which it ends at the latest, greater than the start. */
  readonly targetCount: bigint
  /** Gas after which it ends (G_A). */
  readonly maxGas: bigint
  /** Blocks after which it ends, at most 4,096. */
  readonly maxBlocks: bigint
}

/**
 * The state after a block: one more leaf is consumed. It is the assertion's end at the first of the target, the most blocks, or G_A gas
 * (docs/protocol/assertions.md).
 */
export function endBlock(before: BlockState, sealed: SealedHeader, context: AssertionContext): BlockState {
  const inboxCount = before.inboxCount + 1n
  const gas = before.gasSinceAssertionStart + sealed.gasUsed
  const blocks = inboxCount - context.startInboxCount
  const ends = inboxCount >= context.targetCount || blocks >= context.maxBlocks || gas >= context.maxGas
  return {
    number: sealed.number,
    blockHash: sealed.hash,
    stateRoot: sealed.stateRoot,
    withdrawalsRoot: sealed.withdrawalsRoot!,
    inboxCount,
    gasSinceAssertionStart: gas,
    status: ends ? blockStatus.assertionEnd : blockStatus.blockEnd,
  }
}
