import type { Method } from '../../context.ts'
import { quantities } from '../../format/quantity.ts'

/** `rollup_syncStatus()`: L1 and L2 heads, the sequencer's link, the last asserted and confirmed assertions. */
export const syncStatus: Method = (context) => {
  const status = context.node.status()
  return quantities({
    l1: {
      head: status.l1.head ?? null,
      safe: status.l1.safe ?? null,
      finalized: status.l1.finalized ?? null,
      current: status.l1.current ?? null,
    },
    l2: context.chain.heads(),
    syncing: status.syncing ?? null,
    sequencer: status.sequencer,
    lastAsserted: status.lastAsserted ?? null,
    lastConfirmed: status.lastConfirmed ?? null,
  })
}
