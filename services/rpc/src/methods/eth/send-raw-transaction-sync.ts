import { type Hash, keccak256Hex, type LocatedSkip } from '@crema/protocol'
import type { Method, RpcContext } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { bytes, count, optional, required } from '../../params/primitives.ts'
import { findReceipt } from '../../state/find-transaction.ts'

const defaultTimeout = 2_000

/** `eth_sendRawTransactionSync(raw, timeoutMs)` (EIP-7966): the receipt; code 4 with the hash when none came in time. */
export const sendRawTransactionSync: Method = async (context, params) => {
  const raw = required(params, 0, bytes)
  const timeout = Math.min(optional(params, 1, count, defaultTimeout), context.limits.syncMaxTimeout)
  // Listening begins before submission, so that a block right after it is not missed.
  const arrivals = watchBlocks(context)
  const skippedBefore = context.chain.skippedByHash(keccak256Hex(raw))
  try {
    const hash = await context.admission.admit(raw)
    return await receiptWithin(context, hash, timeout, arrivals, skippedBefore)
  } finally {
    arrivals.stop()
  }
}

interface Arrivals {
  onBlock: () => void
  readonly stop: () => void
}

function watchBlocks(context: RpcContext): Arrivals {
  const arrivals = {
    onBlock: () => {},
    stop: context.feed.on((event) => {
      if (event.type === 'block') arrivals.onBlock()
    }),
  }
  return arrivals
}

function receiptWithin(
  context: RpcContext,
  hash: Hash,
  timeout: number,
  arrivals: Arrivals,
  skippedBefore: LocatedSkip | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(rpcError('syncTimeout', undefined, hash)), timeout)
    const look = () => {
      const receipt = findReceipt(context.chain, hash)
      const skipped = receipt === undefined ? context.chain.skippedByHash(hash) : undefined
      // What was skipped before says nothing about this submission.
      const news = skipped?.blockHash !== skippedBefore?.blockHash || skipped?.entryIndex !== skippedBefore?.entryIndex
      if (receipt === undefined && (skipped === undefined || !news)) return
      clearTimeout(timer)
      if (receipt !== undefined) resolve(receipt)
      else reject(rpcError('transactionRejected', `skipped: ${skipped!.reason}: ${skipped!.detail}`, hash))
    }
    arrivals.onBlock = look
    look()
  })
}
