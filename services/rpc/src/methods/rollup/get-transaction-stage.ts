import type { Hash } from '@crema/protocol'
import type { Method, RpcContext } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { hash, required } from '../../params/primitives.ts'
import { findTransaction } from '../../state/find-transaction.ts'

const statusTimeout = 3_000

/**
 * `rollup_getTransactionStage(hash)`: `unknown`, `queued` (held here behind a nonce gap), `pending`, `ordered` (certified, not yet
 * executed here), `soft`, `posted` (data on L1), `finalized`, `skipped` or `dropped`, with block or reason.
 */
export const getTransactionStage: Method = async (context, params) => {
  const wanted = required(params, 0, hash)
  const located = findTransaction(context.chain, wanted)
  if (located !== undefined) {
    const { blockNumber, blockHash } = located
    return { stage: depth(context, blockNumber), blockNumber: toQuantity(blockNumber), blockHash }
  }
  const waiting = context.pool.get(wanted)
  const skip = context.chain.skippedByHash(wanted)
  // One that was skipped may wait again.
  if (skip !== undefined && waiting === undefined) {
    const { reason, detail, blockNumber, blockHash } = skip
    return { stage: 'skipped', blockNumber: toQuantity(blockNumber), blockHash, reason, detail }
  }
  if (waiting?.stage === 'queued') return { stage: 'queued' }
  return (await sequencerStage(context, wanted)) ?? { stage: waiting === undefined ? 'unknown' : 'pending' }
}

function depth(context: RpcContext, blockNumber: bigint): 'finalized' | 'posted' | 'soft' {
  const { finalized, safe } = context.chain.heads()
  if (blockNumber <= finalized.number) return 'finalized'
  return blockNumber <= safe.number ? 'posted' : 'soft'
}

/** What the sequencer says, or undefined when it knows nothing or cannot be reached. */
async function sequencerStage(context: RpcContext, wanted: Hash) {
  try {
    const status = await context.sequencer.status(context.l2.chainId, wanted, AbortSignal.timeout(statusTimeout))
    if (status.stage === 'unknown') return undefined
    if (status.stage !== 'ordered') return status
    return { stage: status.stage, sequencerHeight: toQuantity(status.sequencerHeight) }
  } catch {
    return undefined
  }
}
