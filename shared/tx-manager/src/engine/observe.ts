import type { IntentReceipt } from '@crema/chain-store'
import type { Head } from '../chain.ts'
import type { Observation } from '../decide.ts'
import { type Context, latestAttempt, type Tracked } from './context.ts'

/** The chain at one look. The nonce was read before any receipt. */
export interface Look {
  readonly head: Head
  readonly latestNonce: number
  /** The node has no block yet where a transaction was confirmed, whose nonce may or may not be free again. */
  readonly isBehind: boolean
}

/** An observation with the receipt it speaks of. */
export interface Sight {
  readonly observation: Observation
  readonly receipt: IntentReceipt | null
}

/** Receipt of whichever transaction ever signed for the intent is in the chain. Only used nonces can have one. */
async function findReceipt({ chain }: Context, { record }: Tracked, look: Look): Promise<IntentReceipt | null> {
  const candidates = record.attempts.filter(({ nonce }) => nonce < look.latestNonce).reverse()
  const noted = record.receipt?.hash
  candidates.sort((a, b) => Number(b.hash === noted) - Number(a.hash === noted))
  for (const { hash } of candidates) {
    const receipt = await chain.receipt(hash)
    if (receipt) return receipt
  }
  return null
}

/** Looks at the chain for one intent, asking only what the decision needs. */
export async function observe(context: Context, tracked: Tracked, look: Look): Promise<Sight> {
  const { chain, clock, config } = context
  const { record } = tracked
  const { head, latestNonce } = look
  const receipt = await findReceipt(context, tracked, look)
  const latest = latestAttempt(tracked)
  const passed = receipt === null && record.nonce !== null && latestNonce > record.nonce
  const finalBlock = head.number - BigInt(config.confirmations) + 1n
  const finalNonce = passed && finalBlock >= 0n ? await chain.nonce(record.sender, finalBlock) : 0
  const ask = record.state === 'sent' && !passed && receipt === null && latest !== undefined && !tracked.mustPublish
  const nowMs = clock.nowMs()
  return {
    receipt,
    observation: {
      state: record.state,
      nowMs,
      nonce: record.nonce,
      latestNonce,
      finalNonce,
      included: receipt && {
        blockHash: receipt.blockHash,
        confirmations: Number(head.number - receipt.blockNumber) + 1,
      },
      notedBlockHash: record.receipt?.blockHash ?? null,
      confirmationsNeeded: config.confirmations,
      lostSightings: tracked.lostSightings,
      lostSightingsNeeded: config.lostSightings,
      expired: record.deadlineMs !== null && nowMs > record.deadlineMs,
      cancelRequested: record.cancelRequested,
      latestPurpose: latest?.purpose ?? null,
      mustPublish: tracked.mustPublish,
      publishAtMs: tracked.publishAtMs,
      replaceAtMs: tracked.replaceAtMs,
      known: ask ? await chain.knows(latest.hash) : true,
    },
  }
}
