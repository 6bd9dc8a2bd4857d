import { type L1Client, L1Error, type ProposedAssertion, readL1Block, readProposedAssertions } from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'

/** L1 blocks read again at each look, so that a reorganisation of the newest blocks is noticed. */
const OVERLAP = 64n
/** L1 blocks read with one request. */
const RANGE = 2_000n

/** Every assertion L1 holds, in order; rebuilt from L1 alone. */
export interface AssertionBook {
  /** Reads what is new. Throws `L1Error`. */
  refresh(): Promise<void>
  all(): readonly ProposedAssertion[]
  get(id: Hash): ProposedAssertion | undefined
  /** Last L1 block that was read. */
  readTo(): bigint
}

/** Creates an empty book that starts to read at `fromBlock`. */
export function createAssertionBook(l1: L1Client, assertionChain: Address, fromBlock: bigint): AssertionBook {
  let assertions = new Map<Hash, ProposedAssertion>()
  let readTo = fromBlock - 1n
  return {
    all: () => [...assertions.values()],
    get: (id) => assertions.get(id),
    readTo: () => readTo,
    refresh: async () => {
      const head = await readL1Block(l1, { tag: 'latest' })
      if (head === undefined) throw new L1Error('L1_BAD_RESPONSE', 'L1 has no latest block')
      const bound = readTo < head.number ? readTo : head.number
      const start = bound - OVERLAP > fromBlock ? bound - OVERLAP : fromBlock
      const fresh: ProposedAssertion[] = []
      for (let from = start; from <= head.number; from += RANGE) {
        const to = from + RANGE - 1n < head.number ? from + RANGE - 1n : head.number
        fresh.push(...(await readProposedAssertions(l1, assertionChain, from, to)))
      }
      const kept = [...assertions.values()].filter(({ l1BlockNumber }) => l1BlockNumber < start)
      assertions = new Map([...kept, ...fresh].map((assertion) => [assertion.id, assertion]))
      readTo = head.number
    },
  }
}
