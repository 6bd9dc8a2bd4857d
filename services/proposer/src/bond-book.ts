import { bondVaultAbi, createRangeReader, type L1Client, type RangeReader, reading, replaceRange } from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'

interface PostedBond {
  readonly id: Hash
  readonly l1BlockNumber: bigint
}

/** Bonds that an account posted and that are not released; rebuilt from L1 alone. */
export interface BondBook extends RangeReader {
  ids(): readonly Hash[]
  /** Drops a bond that is released, once its block is not read again. */
  forget(id: Hash): void
}

/** Creates an empty book that starts to read at `fromBlock`. */
export function createBondBook(l1: L1Client, bondVault: Address, owner: Address, fromBlock: bigint): BondBook {
  let posted: readonly PostedBond[] = []
  const reader = createRangeReader<PostedBond>(l1, {
    fromBlock,
    read: async (from, to) => {
      const logs = await reading('BondPosted', () =>
        l1.getContractEvents({
          address: bondVault,
          abi: bondVaultAbi,
          eventName: 'BondPosted',
          args: { owner },
          fromBlock: from,
          toBlock: to,
          strict: true,
        }),
      )
      return logs.map(({ args, blockNumber }) => ({ id: args.bondId, l1BlockNumber: blockNumber }))
    },
    commit: (range) => {
      posted = replaceRange(posted, range)
    },
  })
  return {
    ...reader,
    ids: () => [...new Set(posted.map(({ id }) => id))],
    forget: (id) => {
      const below = reader.rereadFrom()
      posted = posted.filter((bond) => bond.id !== id || bond.l1BlockNumber >= below)
    },
  }
}
