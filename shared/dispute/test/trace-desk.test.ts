import { createLogger } from '@crema/service-kit'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { createTraceDesk, type TraceDesk } from '../src/agent/trace-desk.ts'
import type { OwnTrace, RightChild } from '../src/index.ts'
import { asRight, type Child, makeChild } from './model/children.ts'

const logger = createLogger({ service: 'desk', level: 'fatal' })
/** Builds begun, in order, and what ends each. */
let begun: {
  readonly child: RightChild
  readonly end: PromiseWithResolvers<OwnTrace | undefined>
  readonly signal: AbortSignal | undefined
}[]
let nowMs: number
let desk: TraceDesk
let made: Child[]
let children: RightChild[]
beforeAll(async () => {
  made = await Promise.all([1, 2, 3, 4].map((steps) => makeChild([[steps]])))
  children = made.map(asRight)
})
beforeEach(() => {
  begun = []
  nowMs = 0
  const traceOf = (child: RightChild, signal?: AbortSignal) => {
    const end = Promise.withResolvers<OwnTrace | undefined>()
    begun.push({ child, end, signal })
    signal?.addEventListener('abort', () => end.reject(signal.reason))
    return end.promise
  }
  const traces = { traceOf, progress: () => [], forget: () => {} }
  desk = createTraceDesk({
    traces,
    clock: { nowMs: () => nowMs, nowSeconds: () => Math.floor(nowMs / 1_000) },
    logger,
    retryMs: 1_000,
  })
})

/** The build under way ends after so many seconds; resolves when the next has begun, if there is one. */
async function finish(seconds: number, trace?: OwnTrace): Promise<void> {
  nowMs += seconds * 1_000
  begun.at(-1)!.end.resolve(trace)
  await new Promise((done) => setImmediate(done))
}

const order = () => begun.map(({ child }) => children.findIndex(({ id }) => id === child.id))

it('builds one at a time, whatever is needed first next, and not what nobody wants any more', async () => {
  for (const [at, deadline] of [400n, 300n, 200n, 100n].entries()) desk.request(children[at]!, deadline)
  expect(order()).toEqual([0])
  desk.request(children[1]!, 50n)
  desk.keepOnly(new Set([0, 1, 3].map((at) => children[at]!.id)))
  await finish(1, made[0]!.trace)
  await finish(1, made[1]!.trace)
  await finish(1, made[3]!.trace)
  expect(order()).toEqual([0, 1, 3])
  expect(children.map((child) => desk.get(child) !== undefined)).toEqual([true, true, false, true])
})

it('tells when they will not all be there in time, by what a build took', async () => {
  for (const at of [0, 1, 2]) desk.request(children[at]!, 1_000n)
  expect(desk.load(700n, 100)).toEqual({ count: 3, seconds: 300, late: undefined })
  const late = { assertionId: children[2]!.id, seconds: 300, left: 299 }
  expect(desk.load(701n, 100)).toEqual({ count: 3, seconds: 300, late })
  await finish(10, made[0]!.trace)
  expect(desk.load(701n, 100)).toEqual({ count: 2, seconds: 20, late: undefined })
})

it('tries what failed again after a while, and goes on with the others at once', async () => {
  desk.request(children[0]!, 100n)
  desk.request(children[1]!, 200n)
  await finish(1)
  expect(desk.failure(children[0]!)).toMatchObject({ code: 'NOT_AT_HAND' })
  desk.request(children[0]!, 100n)
  await finish(0.5, made[1]!.trace)
  expect(order()).toEqual([0, 1])
  nowMs += 1_000
  desk.request(children[0]!, 100n)
  expect(order()).toEqual([0, 1, 0])
})

it('stops the build that nobody wants any more, without calling it a failure, and builds what waits', async () => {
  const turn = () => new Promise((done) => setImmediate(done))
  const run = new AbortController()
  desk.request(children[0]!, 100n, run.signal)
  desk.request(children[1]!, 200n, run.signal)
  desk.keepOnly(new Set([children[1]!.id]))
  await turn()
  expect(order()).toEqual([0, 1])
  expect(begun.map(({ signal }) => signal?.aborted)).toEqual([true, false])
  // Decided it is not, but nothing can be done with its trace.
  desk.request(children[2]!, 300n, run.signal)
  desk.request(children[1]!, undefined, run.signal)
  await turn()
  expect(order()).toEqual([0, 1, 2])
  expect(children.map((child) => desk.failure(child))).toEqual([undefined, undefined, undefined, undefined])
  // Wanted again, it is built again.
  desk.request(children[1]!, 200n, run.signal)
  await finish(1, made[2]!.trace)
  await finish(1, made[1]!.trace)
  expect(order()).toEqual([0, 1, 2, 1])
  expect(children.map((child) => desk.get(child) !== undefined)).toEqual([false, true, true, false])
  desk.request(children[3]!, 400n, run.signal)
  run.abort()
  await turn()
  expect(begun.at(-1)!.signal!.aborted).toBe(true)
})

it('drops what is not wanted any more before it is begun', async () => {
  for (const at of [0, 1, 2]) desk.request(children[at]!, 100n)
  desk.request(children[1]!, undefined)
  expect(desk.load(0n, 10).count).toBe(2)
  await finish(1, made[0]!.trace)
  expect(order()).toEqual([0, 2])
})
