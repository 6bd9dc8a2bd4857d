import { type L1Range, type OwnBond, type PostedBond, replaceRange } from '@crema/l1'
import type { Hash } from '@crema/protocol'

/** Ids of an account's bonds, less those whose end L1 will not take back. */
export interface BondList {
  /** Takes over what was announced in a range of L1 blocks. What was found settled in it or behind it is to be read again. */
  commit(range: L1Range<PostedBond>): void
  /** Adds bonds that L1's storage names as the account's own: the event of one may never be read. */
  learn(ids: Iterable<Hash>): void
  /** Those that may still change, each once. */
  open(): readonly Hash[]
  /** Notes which of these were released or slashed at an L1 block. */
  found(bonds: readonly Pick<OwnBond, 'id' | 'status'>[], l1BlockNumber: bigint): void
}

/** Creates an empty list. */
export function createBondList(): BondList {
  let posted: readonly PostedBond[] = []
  const learned = new Set<Hash>()
  /** L1 blocks at which bonds were first seen to be released or slashed, and whether that is to be looked at again. */
  const settled = new Map<Hash, { readonly seenAt: bigint; readonly isDue: boolean }>()
  return {
    commit: (range) => {
      posted = replaceRange(posted, range)
      for (const [id, { seenAt }] of settled) if (seenAt >= range.from) settled.set(id, { seenAt, isDue: true })
    },
    learn: (ids) => {
      for (const id of ids) learned.add(id)
    },
    open: () => {
      return [...new Set([...posted.map(({ id }) => id), ...learned])].filter((id) => settled.get(id)?.isDue !== false)
    },
    found: (bonds, l1BlockNumber) => {
      for (const { id, status } of bonds) {
        const { seenAt } = settled.get(id) ?? { seenAt: l1BlockNumber }
        if (status === 'released' || status === 'slashed') settled.set(id, { seenAt, isDue: false })
        else settled.delete(id)
      }
    },
  }
}
