import type { SequencerClient } from '@crema/sequencer-client'
import type { NodeContext } from '../context.ts'

/** Parts of the timeout after which a silent follower asks whether the sequencer is still there. */
const QUESTIONS_PER_TIMEOUT = 4

/** The sequencer answered. */
export function noticeAnswer({ live, clock, alarms }: NodeContext): void {
  live.sequencerSeenAt = clock.nowMs()
  alarms.clear('sequencer-unreachable')
}

/**
 * While the follower waits for L1 it fetches nothing: asks now and then whether the sequencer still answers, so that waiting is
 * not taken for its absence. Throws what the client throws.
 */
export async function askWhileWaiting(
  context: NodeContext,
  client: SequencerClient,
  signal: AbortSignal,
): Promise<void> {
  const { live, clock, settings } = context
  const silence = clock.nowMs() - (live.sequencerSeenAt ?? live.startedAt)
  if (silence < settings.sequencerTimeoutMs / QUESTIONS_PER_TIMEOUT) return
  await client.info(signal)
  noticeAnswer(context)
}

/** Raises the alarm once the sequencer has been silent for longer than the timeout. */
export function noticeSilence({ live, clock, settings, alarms, store }: NodeContext): void {
  const silence = clock.nowMs() - (live.sequencerSeenAt ?? live.startedAt)
  if (silence <= settings.sequencerTimeoutMs) return
  alarms.raise('sequencer-unreachable', 'the sequencer does not answer; following L1 alone', {
    latest: store.heads().latest.number,
  })
}
