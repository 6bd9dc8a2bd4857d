import { type DisputeContracts, type L1Client, readUnannouncedChildren, tipsOf, type UnannouncedChild } from '@crema/l1'
import type { Logger } from '@crema/service-kit'
import type { AssertionBook } from './assertion-book.ts'

/** Looks with missing assertions after which everything is read again. */
const GAP_LOOKS = 3

/** Whether the judged assertions are all that L1 has. */
export interface GapWatch {
  /** Compares the book with L1's storage; true when it has lacked the same for so long that all of it is to be read again. Throws `L1Error`. */
  look(book: AssertionBook): Promise<boolean>
  /** First children on L1 that the book lacked at the last look and the one before. */
  missing(): readonly UnannouncedChild[]
}

/** Creates what notices assertions that an endpoint left out: without their events nobody would judge them, and they would be confirmed. */
export function createGapWatch(l1: L1Client, contracts: DisputeContracts, logger: Logger): GapWatch {
  let looks = 0
  let gaps = 0
  let seen: readonly UnannouncedChild[] = []
  let missing: readonly UnannouncedChild[] = []

  return {
    missing: () => missing,
    look: async (book) => {
      const found = await readUnannouncedChildren(l1, {
        ...{ contracts, readTo: book.readTo(), tips: tipsOf(book.all(), looks++, seen) },
        knows: (id) => book.get(id) !== undefined,
      })
      // An endpoint may serve a block's logs later than its state: only a gap that lasts is one.
      const lasting = found.filter(({ id }) => seen.some((before) => before.id === id))
      for (const child of lasting) {
        if (missing.some(({ id }) => id === child.id)) continue
        logger.error({ ...child }, 'L1 has an assertion that its endpoint left out; it is not judged')
      }
      ;[seen, missing] = [found, lasting]
      gaps = found.length > 0 ? gaps + 1 : 0
      if (gaps < GAP_LOOKS) return false
      gaps = 0
      logger.warn({}, 'assertions are missing; reading all of them again')
      return true
    },
  }
}
