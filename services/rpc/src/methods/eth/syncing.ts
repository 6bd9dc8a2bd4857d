import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'

/** `eth_syncing()`: false at the tip, else the range that the node works through. */
export const syncing: Method = (context) => {
  const { syncing, heads } = context.node.status()
  if (syncing === undefined) return false
  return {
    startingBlock: toQuantity(syncing.startingBlock),
    currentBlock: toQuantity(heads.latest.number),
    highestBlock: toQuantity(syncing.highestBlock),
  }
}
