import type { ChainStore } from '@crema/chain-store'
import { type AssertionEnd, type AssertionEndOptions, assertionEnd } from '@crema/derivation'
import { type BlockState, blockStatus } from '@crema/protocol'

/**
 * This node's own state after `inboxCount` leaves, as an assertion that started at `startCount` asserts it. Undefined when the node
 * has not executed that far.
 */
export function ownEndState(store: ChainStore, startCount: bigint, inboxCount: bigint): BlockState | undefined {
  const genesis = store.genesis().number
  const header = store.headerByNumber(genesis + inboxCount)
  const end = store.barePosition(genesis + inboxCount)
  const start = store.barePosition(genesis + startCount)
  if (header === undefined || end === undefined || start === undefined) return undefined
  return {
    number: header.number,
    blockHash: header.hash,
    stateRoot: header.stateRoot,
    withdrawalsRoot: header.withdrawalsRoot!,
    inboxCount,
    gasSinceAssertionStart: end.gasSinceGenesis - start.gasSinceGenesis,
    status: blockStatus.assertionEnd,
  }
}

/** The one right end of a child of an assertion, by this node's own execution; undefined while it cannot be known. */
export function ownAssertionEnd(store: ChainStore, options: AssertionEndOptions): AssertionEnd | undefined {
  const genesis = store.genesis().number
  return assertionEnd(
    { cumulativeGas: (inboxCount) => store.barePosition(genesis + inboxCount)?.gasSinceGenesis },
    options,
  )
}
