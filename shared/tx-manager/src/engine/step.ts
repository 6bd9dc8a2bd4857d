import { decide } from '../decide.ts'
import { FeeLimitError, OutOfFundsError } from '../errors.ts'
import { type Context, save, type Tracked } from './context.ts'
import { type Look, observe, type Sight } from './observe.ts'
import { loseNonce, publish } from './publish.ts'
import { noteReorg } from './reorg.ts'
import { abandonedError, fail, settle } from './settle.ts'
import { replace, signFirst } from './sign.ts'

function noteInclusion(context: Context, tracked: Tracked, { receipt }: Sight): void {
  const attempt = tracked.record.attempts.find(({ hash }) => hash === receipt!.hash)!
  save(context, tracked, 'include', { receipt, nonce: attempt.nonce })
  tracked.heldBack = null
  tracked.mustPublish = false
  tracked.lostSightings = 0
  const { hash, blockNumber } = receipt!
  context.log.info({ key: tracked.record.key, hash, blockNumber }, 'transaction mined')
  context.emit({ type: 'mined', key: tracked.record.key, hash, blockNumber })
}

async function perform(context: Context, tracked: Tracked, look: Look, sight: Sight): Promise<void> {
  const action = decide(sight.observation)
  switch (action) {
    case 'wait':
      return
    case 'sign':
      return signFirst(context, tracked, look)
    case 'give-up':
      return fail(context, tracked, abandonedError(tracked, sight.observation.nowMs))
    case 'publish':
      return publish(context, tracked)
    case 'replace':
      return replace(context, tracked, look.head)
    case 'request-cancel':
      return save(context, tracked, null, { cancelRequested: true })
    case 'note-inclusion':
      return noteInclusion(context, tracked, sight)
    case 'note-reorg':
      return noteReorg(context, tracked)
    case 'settle':
      return settle(context, tracked, sight.receipt!)
    case 'count-lost':
      tracked.lostSightings++
      return
    case 'reassign':
      return loseNonce(context, tracked)
    default:
      return action satisfies never
  }
}

/** Takes one step of an intent. What goes wrong is told and tried again later; nothing is thrown. */
export async function step(context: Context, tracked: Tracked, look: Look): Promise<void> {
  const { key } = tracked.record
  try {
    await perform(context, tracked, look, await observe(context, tracked, look))
  } catch (error) {
    const { retryMs, resubmitMs } = context.config
    const nowMs = context.clock.nowMs()
    tracked.publishAtMs = nowMs + retryMs
    tracked.replaceAtMs = Math.max(tracked.replaceAtMs, nowMs + retryMs)
    context.log.warn({ key, err: error }, 'step failed, trying again later')
    if (error instanceof FeeLimitError || error instanceof OutOfFundsError) tracked.heldBack = error.message
    if (error instanceof FeeLimitError) {
      tracked.limitedUntilMs = nowMs + resubmitMs
      tracked.replaceAtMs = tracked.limitedUntilMs
      context.emit({ type: 'fee-limit', key, error, alert: true })
    } else if (error instanceof OutOfFundsError) context.emit({ type: 'out-of-funds', key, error, alert: true })
    else context.emit({ type: 'step-failed', key, error })
  }
}
