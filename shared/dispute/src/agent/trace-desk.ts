import { CremaError, type Hash } from '@crema/protocol'
import type { Clock, Logger } from '@crema/service-kit'
import type { TraceFailure } from '../decide/types.ts'
import type { RightChild } from '../own/own-child.ts'
import type { OwnTrace } from '../own/own-trace.ts'
import type { DisputeAgentPorts } from './types.ts'

/** Traces without waiting: what is built is there, what is not gets built meanwhile. */
export interface TraceDesk {
  get(child: RightChild): OwnTrace | undefined
  /** Why the last attempt to build it failed; undefined while none did. */
  failure(child: RightChild): TraceFailure | undefined
  /** Begins to build, unless that is under way or failed a moment ago. */
  request(child: RightChild, signal?: AbortSignal): void
  /** Drops the traces of all but these assertions. */
  keepOnly(ids: ReadonlySet<Hash>): void
}

export interface TraceDeskOptions extends Pick<DisputeAgentPorts, 'traces' | 'onEvent'> {
  readonly clock: Clock
  readonly logger: Logger
  /** Milliseconds before a failed build is tried again. */
  readonly retryMs: number
}

export function createTraceDesk({ traces, clock, logger, retryMs, onEvent }: TraceDeskOptions): TraceDesk {
  const built = new Map<Hash, OwnTrace>()
  const building = new Set<Hash>()
  const notBefore = new Map<Hash, number>()
  const failures = new Map<Hash, TraceFailure>()

  async function build(child: RightChild, signal: AbortSignal | undefined): Promise<void> {
    const begunAt = clock.nowMs()
    try {
      const trace = await traces.traceOf(child, signal)
      if (trace === undefined) {
        notBefore.set(child.id, clock.nowMs() + retryMs)
        failures.set(child.id, { code: 'NOT_AT_HAND', message: 'this node does not hold all of its blocks' })
        logger.info({ id: child.id }, 'what the trace is made of is not at hand yet')
        return
      }
      built.set(child.id, trace)
      failures.delete(child.id)
      const seconds = (clock.nowMs() - begunAt) / 1_000
      logger.info({ id: child.id, blocks: trace.blocks, seconds }, 'built the trace of an assertion')
      onEvent?.({ kind: 'trace-built', assertionId: child.id, seconds })
    } catch (error) {
      if (signal?.aborted) return
      notBefore.set(child.id, clock.nowMs() + retryMs)
      const code = error instanceof CremaError ? error.code : 'UNEXPECTED'
      failures.set(child.id, { code, message: error instanceof Error ? error.message : String(error) })
      logger.error({ err: error, id: child.id }, 'building a trace failed')
    } finally {
      building.delete(child.id)
    }
  }

  return {
    get: ({ id }) => built.get(id),
    failure: ({ id }) => failures.get(id),
    request: (child, signal) => {
      if (built.has(child.id) || building.has(child.id) || clock.nowMs() < (notBefore.get(child.id) ?? 0)) return
      building.add(child.id)
      void build(child, signal)
    },
    keepOnly: (ids) => {
      for (const id of failures.keys()) if (!ids.has(id)) failures.delete(id)
      for (const id of built.keys()) {
        if (ids.has(id)) continue
        built.delete(id)
        traces.forget(id)
      }
    },
  }
}
