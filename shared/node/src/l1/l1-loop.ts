import { L1Error } from '@crema/l1'
import { sleep } from '@crema/service-kit'
import type { NodeContext } from '../context.ts'
import { isExpected, reportFailure } from '../report-failure.ts'
import { createDepositWatch } from '../sequencer/waiting-deposits.ts'
import { followL1 } from './follow-l1.ts'
import type { Origins } from './origins.ts'

/** Polls for which L1 may move under the reader before that is taken for a fault of the endpoint. */
const MOVING_POLLS = 10

/** Follows L1 until the signal aborts. Failures are reported and tried again; none ends the loop. */
export async function l1Loop(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<void> {
  const { settings, alarms, clock } = context
  const deposits = createDepositWatch(context, context.sequencer)
  let faulty = false
  let inconsistentSince: number | undefined
  while (!signal.aborted) {
    let more = false
    try {
      more = await followL1(context, origins)
      alarms.clear('l1-unreachable')
      inconsistentSince = undefined
      if (faulty) alarms.clear('internal')
      faulty = false
      deposits.check()
    } catch (error) {
      if (signal.aborted) return
      faulty ||= !isExpected(error)
      reportFailure(context, error, 'following L1')
      inconsistentSince ??= clock.nowMs()
      const moving = error instanceof L1Error && error.code === 'L1_INCONSISTENT'
      if (
        error instanceof L1Error &&
        (!moving || clock.nowMs() - inconsistentSince > MOVING_POLLS * settings.l1PollMs)
      ) {
        alarms.raise('l1-unreachable', error.message, { code: error.code })
      }
    }
    if (!more) await sleep(settings.l1PollMs, signal).catch(() => {})
  }
}
