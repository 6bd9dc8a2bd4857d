import { setImmediate } from 'node:timers/promises'
import { type SequencerClient, SequencerError } from '@crema/sequencer-client'
import { sleep } from '@crema/service-kit'
import type { NodeContext } from '../context.ts'
import type { Origins } from '../l1/origins.ts'
import { isExpected, reportFailure } from '../report-failure.ts'
import { createCommittees } from './committees.ts'
import { followSequencer } from './follow-sequencer.ts'
import { askWhileWaiting, noticeSilence } from './presence.ts'

/** Failures in a row after which the pause does not grow any more. */
const MAX_BACKOFF_STEPS = 4

/** Follows the sequencer until the signal aborts. Failures are reported and tried again, ever more slowly; none ends the loop. */
export async function sequencerLoop(
  context: NodeContext,
  client: SequencerClient,
  origins: Origins,
  signal: AbortSignal,
): Promise<void> {
  const { settings, live, config, alarms } = context
  const committees = createCommittees(context)
  let wake = Promise.withResolvers<void>()
  live.wakeSequencer = () => wake.resolve()
  const onAnnounced = (laneHeight: bigint): void => {
    live.announcedLaneHeight = laneHeight
    wake.resolve()
  }
  client.watch(config.l2.chainId, onAnnounced, signal)
  let failures = 0
  let faulty = false
  while (!signal.aborted) {
    try {
      const step = await followSequencer(context, client, committees, origins, signal)
      failures = 0
      if (faulty) alarms.clear('internal')
      faulty = false
      if (step === 'advanced') {
        // Execution runs in microtasks alone: without a turn of the event loop nothing else would run while blocks wait.
        await setImmediate()
        continue
      }
      if (step === 'waiting') await askWhileWaiting(context, client, signal)
    } catch (error) {
      if (signal.aborted) return
      failures = Math.min(failures + 1, MAX_BACKOFF_STEPS)
      faulty ||= !isExpected(error)
      committees.refresh()
      reportFailure(context, error, 'following the sequencer')
      noticeFault(context, error)
    }
    const pause = sleep(settings.sequencerPollMs * 2 ** failures, signal).catch(() => {})
    // A failing source is not asked again at each of its announcements.
    await (failures > 0 ? pause : Promise.race([wake.promise, pause]))
    wake = Promise.withResolvers<void>()
  }
}

/** Says of a failed step what it means for the sequencer: silence, or answers that nobody can use. */
function noticeFault(context: NodeContext, error: unknown): void {
  if (!isExpected(error)) return
  if (error.retryable) noticeSilence(context)
  else if (error instanceof SequencerError) {
    context.alarms.raise('sequencer-refused', error.message, { ...error.details, code: error.code })
  }
}
