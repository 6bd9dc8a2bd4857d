import { type Context, isInFlight, type Tracked } from './context.ts'
import { fillGaps, reconcile } from './nonces.ts'
import { pruneSettled } from './prune.ts'
import { reopenReorged } from './reorg.ts'
import { step } from './step.ts'

const byNonce = (a: Tracked, b: Tracked) => (a.record.nonce ?? 0) - (b.record.nonce ?? 0)

/**
 * Queued intents that are held back, beyond the first `atMost`: the longest untried come first, so that each has its turn. However many
 * are held back, a look stays short: what is in flight is looked after, and what is new waits for none of them.
 */
function beyondTurn(queued: readonly Tracked[], atMost: number): ReadonlySet<Tracked> {
  const held = queued.filter(({ heldBack }) => heldBack !== null)
  return new Set(held.sort((a, b) => a.publishAtMs - b.publishAtMs).slice(atMost))
}

/** One look at the chain and one step for every open intent: those in flight by nonce, then the queue in its order. */
export async function tick(context: Context, signal: AbortSignal): Promise<void> {
  const { chain, signer, tracked, config } = context
  pruneSettled(context)
  if (!context.reconciled) await reconcile(context)
  const latestNonce = await chain.nonce(signer.address, 'latest')
  context.metrics.nonce(latestNonce)
  const isBehind = await reopenReorged(context, latestNonce)
  if (tracked.size === 0) return
  const head = await chain.head()
  context.metrics.pending(tracked.size)
  const look = { head, latestNonce, isBehind }
  const all = [...tracked.values()]
  for (const one of all.filter(({ record }) => record.state !== 'queued').sort(byNonce)) {
    if (signal.aborted) return
    await step(context, one, look)
  }
  const queued = all.filter(({ record }) => record.state === 'queued')
  const beyond = beyondTurn(queued, config.maxInFlight)
  for (const one of queued) {
    if (beyond.has(one)) continue
    const inFlight = [...tracked.values()].filter(isInFlight)
    if (signal.aborted || inFlight.length >= config.maxInFlight) return
    // One that cannot be signed yet holds no nonce, so those behind it need not wait for it.
    await step(context, one, look)
  }
  // A nonce that seems free may be that of a confirmed transaction.
  if (!isBehind) await fillGaps(context, latestNonce)
}
