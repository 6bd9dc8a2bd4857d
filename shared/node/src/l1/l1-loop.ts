import { L1Error } from '@crema/l1'
import { sleep } from '@crema/service-kit'
import type { NodeContext } from '../context.ts'
import { isExpected, reportFailure } from '../report-failure.ts'
import { createDepositWatch } from '../sequencer/waiting-deposits.ts'
import { followL1 } from './follow-l1.ts'
import type { Origins } from './origins.ts'

/** Follows L1 until the signal aborts. Failures are reported and tried again; none ends the loop. */
export async function l1Loop(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<void> {
  const { settings, alarms } = context
  const deposits = createDepositWatch(context, context.sequencer)
  let faulty = false
  while (!signal.aborted) {
    let more = false
    try {
      more = await followL1(context, origins)
      alarms.clear('l1-unreachable')
      if (faulty) alarms.clear('internal')
      faulty = false
      deposits.check()
    } catch (error) {
      if (signal.aborted) return
      faulty ||= !isExpected(error)
      reportFailure(context, error, 'following L1')
      if (error instanceof L1Error && error.code !== 'L1_INCONSISTENT') {
        alarms.raise('l1-unreachable', error.message, { code: error.code })
      }
    }
    if (!more) await sleep(settings.l1PollMs, signal).catch(() => {})
  }
}
