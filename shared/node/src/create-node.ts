import { CremaError } from '@crema/protocol'
import { sleep } from '@crema/service-kit'
import { createContext, type NodeContext } from './context.ts'
import { followL1 } from './l1/follow-l1.ts'
import { createOrigins, type Origins } from './l1/origins.ts'
import { nodeStatus } from './node-status.ts'
import { type Committees, createCommittees } from './sequencer/committees.ts'
import { followSequencer } from './sequencer/follow-sequencer.ts'
import { createDepositWatch } from './sequencer/waiting-deposits.ts'
import type { NodeDependencies, RollupNode } from './types.ts'

/**
 * Creates a node over an initialized store. Two loops feed one writer: L1 decides, the sequencer is faster. Each stored step is
 * complete, so the node may be killed at any point and goes on from there.
 */
export function createNode(dependencies: NodeDependencies): RollupNode {
  const context = createContext(dependencies)
  const { store, config, simulator } = dependencies
  const origins = createOrigins(store, dependencies.l1)
  return {
    config,
    chain: store,
    store,
    simulator,
    status: () => nodeStatus(context),
    onEvent: (listener) => {
      context.listeners.add(listener)
      return () => void context.listeners.delete(listener)
    },
    run: async (signal) => {
      await Promise.all([l1Loop(context, origins, signal), sequencerLoop(context, origins, signal)])
      await context.writer.onIdle()
    },
  }
}

/** Pauses for `ms` or until aborted; an abort is not an error here. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, signal).catch(() => {})
}

async function l1Loop(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<void> {
  const { settings, alarms, logger } = context
  const deposits = createDepositWatch(context, context.sequencer)
  while (!signal.aborted) {
    try {
      const more = await followL1(context, origins)
      alarms.clear('l1-unreachable')
      alarms.clear('internal')
      deposits.check()
      if (!more) await pause(settings.l1PollMs, signal)
    } catch (error) {
      if (signal.aborted) return
      report(context, error, 'following L1 failed')
      if (error instanceof CremaError && error.code.startsWith('L1_')) {
        alarms.raise('l1-unreachable', error.message, { code: error.code })
      }
      logger.debug({ err: error }, 'following L1 failed')
      await pause(settings.l1PollMs, signal)
    }
  }
}

async function sequencerLoop(context: NodeContext, origins: Origins, signal: AbortSignal): Promise<void> {
  const { sequencer, settings, live, config } = context
  if (sequencer === undefined) return
  const committees = createCommittees(context)
  let wake = Promise.withResolvers<void>()
  const wakeUp = (): void => wake.resolve()
  live.wakeSequencer = wakeUp
  sequencer.watch(config.l2.chainId, wakeUp, signal)
  let failures = 0
  while (!signal.aborted) {
    try {
      const step = await followSequencer(context, sequencer, committees, origins, signal)
      failures = 0
      if (step === 'advanced') continue
    } catch (error) {
      if (signal.aborted) return
      failures++
      onSequencerFailure(context, committees, error)
    }
    const delay = settings.sequencerPollMs * Math.min(2 ** failures, 16)
    await Promise.race([wake.promise, pause(delay, signal)])
    // A failing source is not asked again at each of its announcements.
    if (failures > 0) await pause(Math.min(delay, 1_000), signal)
    wake = Promise.withResolvers<void>()
  }
}

function onSequencerFailure(context: NodeContext, committees: Committees, error: unknown): void {
  const { live, clock, settings, alarms, store } = context
  committees.refresh()
  report(context, error, 'following the sequencer failed')
  const silent =
    live.sequencerSeenAt === undefined || clock.nowMs() - live.sequencerSeenAt > settings.sequencerTimeoutMs
  if (silent && error instanceof CremaError && error.retryable) {
    alarms.raise('sequencer-unreachable', 'the sequencer does not answer; following L1 alone', {
      latest: store.heads().latest.number,
    })
  }
}

/** Expected failures are details; anything else is an alarm, because it may mean a fault of this node. */
function report(context: NodeContext, error: unknown, message: string): void {
  if (error instanceof CremaError && (error.retryable || isRefusal(error))) {
    context.logger.debug({ err: error, code: error.code }, message)
    return
  }
  context.alarms.raise('internal', error instanceof Error ? error.message : String(error))
  context.logger.error({ err: error }, message)
}

/** Errors about what a peer served; an alarm of their own stands already. */
const isRefusal = (error: CremaError): boolean => error.name !== 'ChainStoreError' && error.name !== 'ExecutionError'
