import {
  assertionStatus,
  createRangeReader,
  type L1Client,
  type ProposedAssertion,
  readAssertion,
  readLatestConfirmed,
  readLineTip,
  readProposedAssertions,
  replaceRange,
} from '@crema/l1'
import type { Hash, RollupConfig } from '@crema/protocol'
import type { AssertionRef, AssertionView } from '../ports.ts'

/** Assertions as L1 holds them, read now and then. */
export interface AssertionFollower {
  /** Reads what is new. Throws `L1Error`. */
  refresh(): Promise<void>
  /** Newest first, with the status of the last look. */
  newest(limit: number): AssertionView[]
  heads(): { readonly lastAsserted: AssertionRef | undefined; readonly lastConfirmed: AssertionRef | undefined }
}

interface Seen extends Pick<ProposedAssertion, 'id' | 'l1BlockNumber'> {
  readonly view: AssertionView
}

/** Makes a follower that has read nothing yet. */
export function createAssertionFollower(l1: L1Client, config: RollupConfig): AssertionFollower {
  const { assertionChain } = config.l1Contracts
  let seen = new Map<Hash, Seen>()
  let lastAsserted: AssertionRef | undefined
  let lastConfirmed: AssertionRef | undefined

  const view = async (id: Hash): Promise<AssertionView> => {
    const { parentId, l2BlockNumber, outputRoot, createdAt, status } = await readAssertion(l1, assertionChain, id)
    return { id, parentId, l2BlockNumber, outputRoot, createdAt, status: statusName(status) }
  }
  const see = async ({ id, l1BlockNumber }: ProposedAssertion): Promise<Seen> => {
    return { id, l1BlockNumber, view: await view(id) }
  }
  const reader = createRangeReader<Seen>(l1, {
    fromBlock: config.l1StartBlock,
    read: async (from, to) => {
      const found: Seen[] = []
      for (const proposed of await readProposedAssertions(l1, assertionChain, from, to)) found.push(await see(proposed))
      return found
    },
    commit: (range) => {
      seen = new Map(replaceRange(seen.values(), range).map((item) => [item.id, item]))
    },
  })

  return {
    async refresh() {
      await reader.refresh()
      for (const [id, item] of seen) {
        if (item.view.status !== 'confirmed') seen.set(id, { ...item, view: await view(id) })
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
