import { bytesEqual } from '@crema/protocol'
import { decodeBlockRecord, encodeBlockRecord } from './block-record-codec.ts'
import {
  type BlockRecord,
  idleSegment,
  segmentRecord,
  segmentsTree,
  type TracedBlock,
  traceBlock,
} from './block-trace.ts'
import { TraceError } from './errors.ts'
import type { PaddedTree } from './padded-tree.ts'
import { createRecent } from './recent.ts'
import { openSegmentTrace, type SegmentTrace } from './segment-trace.ts'
import type { BlockRun, TraceSource } from './source.ts'
import type { TraceStore } from './trace-store.ts'

/** Blocks of a trace whose segments are held in memory at once: a few MiB each at most. */
const heldBlocks = 8
/** Subtrees of 4,096 steps held in memory at once: 0.5 MiB each at most. */
const heldSubtrees = 16

/** A block of a trace, opened. */
export interface OpenBlock {
  readonly stateAfter: Uint8Array
  /** Its segments' leaves. */
  readonly tree: PaddedTree
  /** Segment `x`, of 2^12. */
  segment(x: number): SegmentTrace
}

/** Opens blocks of a trace. */
export interface BlockOpener {
  /** Block `b`, of 2^12. Throws {@link TraceError} `NOT_REPRODUCED` when the store has lost it and it runs otherwise now. */
  open(b: number): OpenBlock
}

/** What a trace's blocks are opened with. */
export interface BlockOpenerParts {
  readonly source: TraceSource
  readonly store: TraceStore
  readonly blocks: readonly TracedBlock[]
}

/** Opens blocks of a complete trace, and keeps those that were asked for last. */
export function createBlockOpener({ source, store, blocks }: BlockOpenerParts): BlockOpener {
  const opened = createRecent<number, OpenBlock>(heldBlocks)
  const subtrees = createRecent<string, PaddedTree>(heldSubtrees)

  function openAnew(b: number): OpenBlock {
    const kept = blocks[b]
    const record = kept === undefined ? idleBlock(blocks.at(-1)!.stateAfter) : readBlock(source, store, b, kept)
    return {
      stateAfter: record.stateAfter,
      tree: segmentsTree(record),
      segment: (x) =>
        openSegmentTrace(segmentRecord(record, x), () => beginSegment(source.openBlock(b), x), {
          get: (position) => subtrees.get(`${b}/${x}/${position}`),
          set: (position, subtree) => subtrees.set(`${b}/${x}/${position}`, subtree),
        }),
    }
  }

  return {
    open(b) {
      const block = opened.get(b) ?? openAnew(b)
      opened.set(b, block)
      return block
    },
  }
}

/** The block as stored; run again if the store has lost or garbled it. */
function readBlock(source: TraceSource, store: TraceStore, b: number, kept: TracedBlock): BlockRecord {
  const stored = soundRecord(store.get(source.id, b))
  if (stored !== undefined && bytesEqual(stored.root, kept.root) && bytesEqual(stored.stateAfter, kept.stateAfter)) {
    return stored
  }
  const work = traceBlock(source.openBlock(b))
  let next = work.next()
  while (next.done !== true) next = work.next()
  const record = next.value
  if (!bytesEqual(record.root, kept.root)) {
    const details = { block: b, expected: kept.root, actual: record.root }
    throw new TraceError('NOT_REPRODUCED', 'the block runs otherwise than it was recorded', { details })
  }
  store.put(source.id, b, encodeBlockRecord(record))
  return record
}

/** The record of these bytes, unless they are damaged. */
export function soundRecord(bytes: Uint8Array | undefined): BlockRecord | undefined {
  try {
    return bytes && decodeBlockRecord(bytes)
  } catch (error) {
    if (error instanceof TraceError) return undefined
    throw error
  }
}

/** A block behind the assertion's end: nothing happens in any of its segments. */
function idleBlock(state: Uint8Array): Pick<BlockRecord, 'stateAfter' | 'segments'> {
  return { stateAfter: state, segments: [idleSegment(state)] }
}

/** Runs a block up to the begin of segment `x`. Throws {@link TraceError} `NOT_REPRODUCED` when it has fewer. */
function beginSegment(run: BlockRun, x: number): BlockRun {
  for (let at = 0; run.nextSegment(); at++) {
    if (at === x) return run
    run.skip(Number.POSITIVE_INFINITY)
  }
  throw new TraceError('NOT_REPRODUCED', 'the block has fewer segments than were recorded', { details: { segment: x } })
}
