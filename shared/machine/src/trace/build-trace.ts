import { bytesEqual } from '@crema/protocol'
import { type AssertionTrace, openAssertionTrace } from './assertion-trace.ts'
import { encodeBlockRecord } from './block-record-codec.ts'
import { type BlockRecord, type TracedBlock, traceBlock } from './block-trace.ts'
import { TraceError } from './errors.ts'
import { soundRecord } from './open-block.ts'
import type { TraceSource } from './source.ts'
import type { TraceStore } from './trace-store.ts'
import { traceDepth } from './trace-tree.ts'

/** How far the building of a trace is. What a store already held counts as done. */
export interface TraceProgress {
  readonly blocks: number
  /** Blocks of the assertion. */
  readonly totalBlocks: number
  readonly segments: number
  /** Micro-ops. */
  readonly steps: number
  /** Micro-ops of the whole trace as far as finished blocks let expect; undefined before the first. */
  readonly expectedSteps: number | undefined
}

/** What a trace is built with. */
export interface BuildTraceOptions {
  readonly source: TraceSource
  readonly store: TraceStore
  /** Called about every 16,384 micro-ops. */
  readonly onProgress?: (progress: TraceProgress) => void
  /** Stops the building; what was finished stays in the store. */
  readonly signal?: AbortSignal
}

/**
 * Builds an assertion's trace, or the rest of it: a block that the store holds is not run again. Gives way to other work about every 16,384 micro-ops.
 * Memory: 64 bytes for each block and what one block takes. Throws the signal's reason, {@link TraceError} `NOT_CONTINUOUS`, `WRONG_END`, `TREE_FULL`, and
 * what the source and the store throw; the same call goes on where it stopped.
 */
export async function buildTrace({ source, store, onProgress, signal }: BuildTraceOptions): Promise<AssertionTrace> {
  const work = traceBlocks(source, store)
  for (;;) {
    signal?.throwIfAborted()
    const next = work.next()
    if (next.done === true) return openAssertionTrace({ source, store, blocks: next.value })
    onProgress?.(next.value)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** Traces all blocks of a source, in order. Yields about every 16,384 micro-ops. */
export function* traceBlocks(source: TraceSource, store: TraceStore): Generator<TraceProgress, TracedBlock[], void> {
  requireBlocks(source)
  const blocks: TracedBlock[] = []
  const estimate = createEstimate(source)
  let segments = 0
  let steps = 0
  let state = source.initialState
  const progress = () => {
    const totalBlocks = source.blocks
    return { blocks: blocks.length, totalBlocks, segments, steps, expectedSteps: estimate(blocks.length, steps) }
  }
  for (let b = 0; b < source.blocks; b++) {
    let record = storedRecord(store, source.id, b, state)
    if (record === undefined) {
      const run = source.openBlock(b)
      requireContinuous(b, state, run.stateHash())
      const work = traceBlock(run)
      let next = work.next()
      for (; next.done !== true; next = work.next()) {
        segments += next.value.segments
        steps += next.value.steps
        if (next.value.steps > 0) yield progress()
      }
      record = next.value
      requireEnd(b, source.blocks, record.endsAssertion)
      store.put(source.id, b, encodeBlockRecord(record))
    } else {
      requireEnd(b, source.blocks, record.endsAssertion)
      segments += record.segments.length
      for (const segment of record.segments) steps += segment.steps
    }
    state = record.stateAfter
    blocks.push({ stateAfter: record.stateAfter, root: record.root })
    yield progress()
  }
  return blocks
}

/** What the store holds of block `b`, if it is sound and continues `state`. */
function storedRecord(store: TraceStore, traceId: string, b: number, state: Uint8Array): BlockRecord | undefined {
  const record = soundRecord(store.get(traceId, b))
  return record !== undefined && bytesEqual(record.stateBefore, state) ? record : undefined
}

/** Steps of the whole by the weight of what is done. */
function createEstimate(source: TraceSource): (blocks: number, steps: number) => number | undefined {
  const sums = [0]
  for (let b = 0; b < source.blocks; b++) sums.push(sums[b]! + source.weight(b))
  let known = { blocks: 0, steps: 0 }
  return (blocks, steps) => {
    if (blocks !== known.blocks) known = { blocks, steps }
    const weight = sums[known.blocks]!
    return weight === 0 ? undefined : Math.max(steps, Math.round((known.steps * sums[source.blocks]!) / weight))
  }
}

function requireBlocks({ blocks }: TraceSource): void {
  if (Number.isInteger(blocks) && blocks >= 1 && blocks <= 2 ** traceDepth.blocks) return
  throw new TraceError('WRONG_END', 'an assertion has 1 to 4,096 blocks', { details: { blocks } })
}

function requireContinuous(b: number, expected: Uint8Array, actual: Uint8Array): void {
  if (bytesEqual(expected, actual)) return
  const details = { block: b, expected, actual: actual.slice() }
  throw new TraceError('NOT_CONTINUOUS', 'a block does not begin where the last one ended', { details })
}

function requireEnd(b: number, blocks: number, endsAssertion: boolean): void {
  if (endsAssertion === (b === blocks - 1)) return
  const details = { block: b, blocks, endsAssertion }
  throw new TraceError('WRONG_END', 'the assertion ends elsewhere than its source says', { details })
}
