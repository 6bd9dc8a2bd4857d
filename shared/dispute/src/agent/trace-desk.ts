import { CremaError, type Hash } from '@crema/protocol'
import type { Clock, Logger } from '@crema/service-kit'
import type { TraceFailure } from '../decide/types.ts'
import type { RightChild } from '../own/own-child.ts'
import type { OwnTrace } from '../own/own-trace.ts'
import type { DisputeAgentPorts } from './types.ts'

/** Traces without waiting: what is built is there, what is not gets built meanwhile, one at a time, the most urgent first. */
export interface TraceDesk {
  get(child: RightChild): OwnTrace | undefined
  /** Why the last attempt to build it failed; undefined while none did. */
  failure(child: RightChild): TraceFailure | undefined
  /**
   * Wants it built by `deadline`, L1 time in seconds; asking again renews the deadline. What failed a moment ago waits. Without a deadline it is not wanted any more:
   * a build under way stops, and what it finished stays in the store.
   */
  request(child: RightChild, deadline: bigint | undefined, signal?: AbortSignal): void
  /** What is to be built. One build counts as the slowest so far, as `boundSeconds` before the first. `now`: L1 time in seconds. */
  load(now: bigint, boundSeconds: number): TraceLoad
  /** Drops the traces of all but these assertions, also the one that is being built. */
  keepOnly(ids: ReadonlySet<Hash>): void
}

/** Traces that are wanted and not built. */
export interface TraceLoad {
  readonly count: number
  /** Seconds that building all of them takes. */
  readonly seconds: number
  /** The first that will not be there in time. */
  readonly late: { readonly assertionId: Hash; readonly seconds: number; readonly left: number } | undefined
}

export interface TraceDeskOptions extends Pick<DisputeAgentPorts, 'traces' | 'onEvent'> {
  readonly clock: Clock
  readonly logger: Logger
  /** Milliseconds before a failed build is tried again. */
  readonly retryMs: number
}

interface Request {
  readonly child: RightChild
  readonly deadline: bigint
}

export function createTraceDesk({ traces, clock, logger, retryMs, onEvent }: TraceDeskOptions): TraceDesk {
  const built = new Map<Hash, OwnTrace>()
  const wanted = new Map<Hash, Request>()
  let underWay: { readonly id: Hash; readonly stopping: AbortController } | undefined
  let slowestSeconds: number | undefined
  const notBefore = new Map<Hash, number>()
  const failures = new Map<Hash, TraceFailure>()

  async function build(child: RightChild, signal: AbortSignal): Promise<void> {
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
      slowestSeconds = Math.max(slowestSeconds ?? 0, seconds)
      logger.info({ id: child.id, blocks: trace.blocks, seconds }, 'built the trace of an assertion')
      onEvent?.({ kind: 'trace-built', assertionId: child.id, seconds })
    } catch (error) {
      if (signal.aborted) return
      notBefore.set(child.id, clock.nowMs() + retryMs)
      const code = error instanceof CremaError ? error.code : 'UNEXPECTED'
      failures.set(child.id, { code, message: error instanceof Error ? error.message : String(error) })
      logger.error({ err: error, id: child.id }, 'building a trace failed')
    }
  }

  /** The most urgent comes next whenever a build ends, not when it was asked for. */
  async function buildNext(signal: AbortSignal | undefined): Promise<void> {
    const [next] = byUrgency()
    if (underWay !== undefined || next === undefined || signal?.aborted) return
    const { id } = next.child
    const stopping = new AbortController()
    underWay = { id, stopping }
    await build(next.child, signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]))
    underWay = undefined
    // One that was stopped may be wanted again by now.
    if (!stopping.signal.aborted) wanted.delete(id)
    await buildNext(signal)
  }

  function withdraw(id: Hash): void {
    wanted.delete(id)
    if (underWay?.id !== id || underWay.stopping.signal.aborted) return
    logger.info({ id }, 'the trace that is being built is not wanted any more')
    underWay.stopping.abort()
  }

  function byUrgency(): Request[] {
    return [...wanted.values()].sort((a, b) => Number(a.deadline - b.deadline))
  }

  return {
    get: ({ id }) => built.get(id),
    failure: ({ id }) => failures.get(id),
    request: (child, deadline, signal) => {
      if (deadline === undefined) return withdraw(child.id)
      if (built.has(child.id) || clock.nowMs() < (notBefore.get(child.id) ?? 0)) return
      wanted.set(child.id, { child, deadline })
      void buildNext(signal)
    },
    load: (now, boundSeconds) => {
      const each = slowestSeconds ?? boundSeconds
      const isFirst = ({ child }: Request) => (child.id === underWay?.id ? 0 : 1)
      const queue = byUrgency().sort((a, b) => isFirst(a) - isFirst(b))
      const ends = queue.map(({ child, deadline }, at) => {
        return { assertionId: child.id, seconds: each * (at + 1), left: Number(deadline - now) }
      })
      const late = ends.find(({ seconds, left }) => seconds > left)
      return { count: queue.length, seconds: each * queue.length, late }
    },
    keepOnly: (ids) => {
      for (const id of failures.keys()) if (!ids.has(id)) failures.delete(id)
      for (const id of wanted.keys()) if (!ids.has(id)) withdraw(id)
      for (const id of built.keys()) {
        if (ids.has(id)) continue
        built.delete(id)
        traces.forget(id)
      }
    },
  }
}
