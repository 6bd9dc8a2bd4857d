import type { BlockHeader } from '@crema/protocol'
import { blockSize } from '../format/block-size.ts'
import { formatHeader } from '../format/header.ts'
import { toQuantity } from '../format/quantity.ts'
import { formatTransaction } from '../format/transaction.ts'
import { type FeeView, suggestBaseFee } from '../gas/fee-suggestion.ts'
import { latestHeader } from '../state/resolve-block.ts'
import type { Pool } from './pool.ts'

/** What the preview is made of. */
export interface PendingView extends FeeView {
  readonly pool: Pool
  readonly now: () => number
}

/**
 * Preview of the next block as JSON: the newest header carried on, with our waiting transactions, nothing executed. Hash, nonce and
 * miner are null, as in geth.
 */
export function formatPendingBlock(view: PendingView, full: boolean) {
  const parent = latestHeader(view)
  const { hash: parentHash, ...fields } = parent
  const now = BigInt(Math.floor(view.now() / 1000))
  const header: BlockHeader = {
    ...fields,
    parentHash,
    number: parent.number + 1n,
    timestamp: now > parent.timestamp ? now : parent.timestamp,
    gasUsed: 0n,
    baseFeePerGas: suggestBaseFee(view),
    logsBloom: `0x${'00'.repeat(256)}`,
  }
  const waiting = [...view.pool.entries()].filter((entry) => entry.stage === 'submitted')
  return {
    ...formatHeader({ ...header, hash: parentHash }),
    hash: null,
    nonce: null,
    miner: null,
    size: toQuantity(blockSize(header, waiting)),
    transactions: waiting.map((entry) => (full ? formatTransaction(entry) : entry.hash)),
    uncles: [],
    withdrawals: [],
  }
}
