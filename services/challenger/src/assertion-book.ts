import {
  createRangeReader,
  type L1Client,
  type ProposedAssertion,
  type RangeReader,
  readProposedAssertions,
  replaceRange,
} from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'

/** Assertions that L1 holds and that are not settled, in order; rebuilt from L1 alone. */
export interface AssertionBook extends RangeReader {
  all(): readonly ProposedAssertion[]
  get(id: Hash): ProposedAssertion | undefined
  /** Drops an assertion. It comes back if its block is read again. */
  forget(id: Hash): void
}

/** Creates an empty book that starts to read at `fromBlock`. */
export function createAssertionBook(l1: L1Client, assertionChain: Address, fromBlock: bigint): AssertionBook {
  let assertions = new Map<Hash, ProposedAssertion>()
  const reader = createRangeReader(l1, {
    fromBlock,
    read: (from, to) => readProposedAssertions(l1, assertionChain, from, to),
    commit: (range) => {
      assertions = new Map(replaceRange(assertions.values(), range).map((assertion) => [assertion.id, assertion]))
    },
  })
  return {
    ...reader,
    all: () => [...assertions.values()],
    get: (id) => assertions.get(id),
    forget: (id) => void assertions.delete(id),
  }
}
