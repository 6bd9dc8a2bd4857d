import { L1Error } from '@crema/l1'
import { sleep } from '@crema/service-kit'
import type { NodeContext } from '../context.ts'
import { isExpected, reportFailure, reportStall } from '../report-failure.ts'
import { createDepositWatch } from '../sequencer/waiting-deposits.ts'
import { followL1 } from './follow-l1.ts'
import type { Origins } from './origins.ts'

/** Polls for which L1 may move under the reader before that is taken for a fault of the endpoint, or of this node. */
const MOVING_POLLS = 10

/** Follows L1 until the signal aborts. Failures are reported and tried again; none ends the loop. */
export async function l1Loop(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<void> {
  const { settings, alarms, clock } = context
  const deposits = createDepositWatch(context, context.sequencer)
  let faulty = false
  let failingSince: number | undefined
  while (!signal.aborted) {
    let more = false
    try {
      more = await followL1(context, origins, signal)
      alarms.clear('l1-unreachable')
      failingSince = undefined
      if (faulty) alarms.clear('internal')
      faulty = false
      deposits.check()
    } catch (error) {
      if (signal.aborted) return
      faulty ||= !isExpected(error)
      reportFailure(context, error, 'following L1')
      failingSince ??= clock.nowMs()
      const lasting = clock.nowMs() - failingSince > MOVING_POLLS * settings.l1PollMs
      if (error instanceof L1Error) {
        if (lasting || error.code !== 'L1_INCONSISTENT') {
          alarms.raise('l1-unreachable', error.message, { code: error.code })
        }
      } else if (lasting) {
        faulty = true
        reportStall(context, error, 'following L1')
      }
    }
    if (!more) await sleep(settings.l1PollMs, signal).catch(() => {})
  }
}
