import {
  assertionStatus,
  type L1Client,
  type ProposedAssertion,
  readAssertion,
  readL1Block,
  readLatestConfirmed,
  readLineTip,
  readProposedAssertions,
} from '@crema/l1'
import type { Hash, RollupConfig } from '@crema/protocol'
import type { AssertionRef, AssertionView } from '../ports.ts'

/** L1 blocks read again at each look, so that a reorganisation of the newest blocks is noticed. */
const overlap = 64n
/** L1 blocks read with one request. */
const range = 2_000n

/** Assertions as L1 holds them, read now and then. */
export interface AssertionFollower {
  /** Reads what is new. Throws `L1Error`. */
  refresh(): Promise<void>
  /** Newest first, with the status of the last look. */
  newest(limit: number): AssertionView[]
  heads(): { readonly lastAsserted: AssertionRef | undefined; readonly lastConfirmed: AssertionRef | undefined }
}

interface Seen {
  readonly proposed: ProposedAssertion
  readonly view: AssertionView
}

/** Makes a follower that has read nothing yet. */
export function createAssertionFollower(l1: L1Client, config: RollupConfig): AssertionFollower {
  const { assertionChain } = config.l1Contracts
  let seen = new Map<Hash, Seen>()
  let readTo = config.l1StartBlock - 1n
  let lastAsserted: AssertionRef | undefined
  let lastConfirmed: AssertionRef | undefined

  const view = async (id: Hash): Promise<AssertionView> => {
    const { parentId, l2BlockNumber, outputRoot, createdAt, status } = await readAssertion(l1, assertionChain, id)
    return { id, parentId, l2BlockNumber, outputRoot, createdAt, status: statusName(status) }
  }
  const readNew = async (): Promise<void> => {
    const head = await readL1Block(l1, { tag: 'latest' })
    if (head === undefined) return
    const bound = readTo < head.number ? readTo : head.number
    const start = bound - overlap > config.l1StartBlock ? bound - overlap : config.l1StartBlock
    const fresh: ProposedAssertion[] = []
    for (let from = start; from <= head.number; from += range) {
      const to = from + range - 1n < head.number ? from + range - 1n : head.number
      fresh.push(...(await readProposedAssertions(l1, assertionChain, from, to)))
    }
    const kept = [...seen.values()].filter(({ proposed }) => proposed.l1BlockNumber < start)
    const next = new Map(kept.map((item) => [item.proposed.id, item]))
    for (const proposed of fresh) next.set(proposed.id, { proposed, view: await view(proposed.id) })
    seen = next
    readTo = head.number
  }

  return {
    async refresh() {
      await readNew()
      for (const [id, { proposed, view: known }] of seen) {
        if (known.status !== 'confirmed') seen.set(id, { proposed, view: await view(id) })
      }
      lastAsserted = await view(await readLineTip(l1, assertionChain)).then(toRef)
      lastConfirmed = await view(await readLatestConfirmed(l1, assertionChain)).then(toRef)
    },
    newest: (limit) =>
      [...seen.values()]
        .slice(-limit)
        .map((item) => item.view)
        .reverse(),
    heads: () => ({ lastAsserted, lastConfirmed }),
  }
}

function toRef({ id, l2BlockNumber, outputRoot }: AssertionView): AssertionRef {
  return { id, l2BlockNumber, outputRoot }
}

function statusName(status: number): string {
  if (status === assertionStatus.confirmed) return 'confirmed'
  return status === assertionStatus.pending ? 'pending' : 'none'
}
