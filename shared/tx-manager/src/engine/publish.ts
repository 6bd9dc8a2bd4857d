import type { Refusal } from '../chain.ts'
import { refusalText } from '../classify.ts'
import { FeeLimitError, OutOfFundsError, PublishError, TxFailedError } from '../errors.ts'
import { type Context, isFiller, isUnseen, latestAttempt, save, type Tracked } from './context.ts'
import { fail } from './settle.ts'

/** Publishes the intent's latest transaction, which is in the store already. */
export async function publish(context: Context, tracked: Tracked): Promise<void> {
  const { chain, clock, config, log } = context
  const attempt = latestAttempt(tracked)
  if (!attempt) return
  const { key, hash, nonce } = attempt
  const refusal = await chain.publish(attempt.raw)
  if (refusal) return refused(context, tracked, refusal)
  tracked.unseenNonce = null
  tracked.mustPublish = false
  tracked.replaceAtMs = Math.max(clock.nowMs() + config.resubmitMs, tracked.limitedUntilMs)
  save(context, tracked, 'accept')
  log.info({ key, hash, nonce }, 'transaction published')
  context.emit({ type: 'published', key, nonce, hash })
}

/** Reacts to a refusal. None of these ends an intent that any node may hold. */
function refused(context: Context, tracked: Tracked, { kind, cause, mayHaveArrived }: Refusal): void {
  const { clock, config, log, emit } = context
  const { key, sender, valueWei, nonce } = tracked.record
  const attempt = latestAttempt(tracked)!
  const nowMs = clock.nowMs()
  tracked.publishAtMs = nowMs + config.retryMs
  if (mayHaveArrived) tracked.unseenNonce = null
  context.metrics.refused(kind)
  const error = new PublishError(kind, cause)
  emit({ type: 'refused', key, class: kind, error })
  log.warn({ key, hash: attempt.hash, nonce, class: kind, node: refusalText(cause) }, 'transaction refused')
  switch (kind) {
    case 'underpriced':
      tracked.replaceAtMs = Math.max(nowMs, tracked.limitedUntilMs)
      return
    case 'nonce-too-low':
      // Nothing left this process, so nothing can be mined: a fresh nonce at once. Else the chain decides in later looks.
      if (isUnseen(tracked)) loseNonce(context, tracked)
      return
    case 'out-of-funds': {
      const neededWei = valueWei + attempt.gasLimit * attempt.feeCapWei
      const error = new OutOfFundsError(sender, undefined, neededWei, cause)
      emit({ type: 'out-of-funds', key, error, alert: true })
      giveNonceBack(context, tracked, error)
      return
    }
    case 'node-fee-cap': {
      const error = new FeeLimitError(`the node's: ${refusalText(cause)}`, attempt, config.maxCostWei)
      emit({ type: 'fee-limit', key, error, alert: true })
      giveNonceBack(context, tracked, error)
      return
    }
    case 'invalid':
      if (isUnseen(tracked)) {
        const message = `no node takes the transaction: ${refusalText(cause)}`
        fail(
          context,
          tracked,
          new TxFailedError('tx.rejected', message, { details: { node: refusalText(cause) }, cause }),
        )
      }
      return
    case 'connection':
    case 'unknown':
    case 'nonce-too-high':
    case 'reserved':
    case 'reverted':
    case 'already-known':
      return
    default:
      kind satisfies never
  }
}

/** Puts an intent back that no node takes for now: under the nonce that it held all later ones would wait for it. Nothing left this process, so another may have it. */
function giveNonceBack(context: Context, tracked: Tracked, error: FeeLimitError | OutOfFundsError): void {
  const { key, nonce } = tracked.record
  tracked.heldBack = error.message
  if (isFiller(key) || !isUnseen(tracked)) return
  save(context, tracked, 'lose', { nonce: null })
  tracked.mustPublish = false
  // Each try is another signed transaction in the store.
  tracked.limitedUntilMs = context.clock.nowMs() + context.config.resubmitMs
  tracked.publishAtMs = tracked.limitedUntilMs
  context.log.warn({ key, nonce, err: error }, 'no node takes the transaction now, its nonce serves others')
}

/** Gives the intent back to the queue for a fresh nonce; one that only was to use up its nonce is done with it. */
export function loseNonce(context: Context, tracked: Tracked): void {
  const { key, nonce } = tracked.record
  context.log.warn({ key, nonce }, 'nonce used by another transaction')
  context.emit({ type: 'nonce-lost', key, nonce: nonce! })
  save(context, tracked, 'lose', { nonce: null })
  tracked.mustPublish = false
  tracked.lostSightings = 0
  if (isFiller(key)) {
    fail(
      context,
      tracked,
      new TxFailedError('tx.nonce-used', 'another transaction used the nonce', { details: { nonce } }),
    )
  }
}
