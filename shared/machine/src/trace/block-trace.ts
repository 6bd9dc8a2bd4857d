import { createHashList } from './hash-list.ts'
import { createPaddedTree, type PaddedTree } from './padded-tree.ts'
import { keptHeight, type SegmentRecord, traceSegment } from './segment-trace.ts'
import type { BlockRun } from './source.ts'
import { repeat, segmentLeaf, traceDepth } from './trace-tree.ts'

/** What is kept of a block: for each segment 68 bytes and 32 for every 4,096 of its micro-ops. */
export interface BlockRecord {
  readonly stateBefore: Uint8Array
  readonly stateAfter: Uint8Array
  /** Whether the assertion ends with it. */
  readonly endsAssertion: boolean
  /** Root of its segments' leaves. */
  readonly root: Uint8Array
  /** Begin, deposits, entries (skipped ones too), seal. */
  readonly segments: readonly SegmentRecord[]
}

/** What a trace keeps of a block in memory. */
export interface TracedBlock {
  readonly stateAfter: Uint8Array
  /** Root of its segments' leaves. */
  readonly root: Uint8Array
}

/** Work done since the last report. */
export interface TraceWork {
  readonly segments: number
  readonly steps: number
}

/**
 * Runs a block from its begin to its end and hashes every state. Yields the work since it last yielded, about every 16,384 micro-ops. Throws
 * {@link TraceError} `TREE_FULL` for more than 4,096 segments or a segment of more than 2^24 micro-ops, and what the run throws.
 */
export function* traceBlock(run: BlockRun): Generator<TraceWork, BlockRecord, void> {
  const stateBefore = run.stateHash().slice()
  const segments: SegmentRecord[] = []
  while (run.nextSegment()) {
    const steps = traceSegment(run)
    let next = steps.next()
    for (; next.done !== true; next = steps.next()) yield { segments: 0, steps: next.value }
    segments.push(next.value)
    yield { segments: 1, steps: 0 }
  }
  const stateAfter = run.stateHash().slice()
  const { root } = segmentsTree({ stateAfter, segments })
  return { stateBefore, stateAfter, endsAssertion: run.endsAssertion, root, segments }
}

/** Leaf of a segment in which nothing happens, as all behind a block's last one: the state is repeated 2^24 times. */
export function idleSegmentLeaf(state: Uint8Array): Uint8Array {
  return segmentLeaf(state, repeat(state, traceDepth.steps))
}

/** The tree of a block's segments, all of it. */
export function segmentsTree({ stateAfter, segments }: Pick<BlockRecord, 'stateAfter' | 'segments'>): PaddedTree {
  const nodes = createHashList()
  for (const segment of segments) nodes.push(segmentLeaf(segment.stateAfter, segment.root))
  if (segments.length < 2 ** traceDepth.segments) nodes.push(idleSegmentLeaf(stateAfter))
  const lastLeaf = nodes.at(nodes.length - 1)
  return createPaddedTree({ depth: traceDepth.segments, base: 0, nodes, lastLeaf })
}

/** Segment `x` of the block; nothing happens in those behind its last one. */
export function segmentRecord(
  { stateAfter, segments }: Pick<BlockRecord, 'stateAfter' | 'segments'>,
  x: number,
): SegmentRecord {
  return segments[x] ?? idleSegment(stateAfter)
}

/** A segment in which nothing happens. */
export function idleSegment(state: Uint8Array): SegmentRecord {
  const nodes = createHashList(repeat(state, keptHeight))
  return { steps: 0, stateAfter: state, root: repeat(state, traceDepth.steps), nodes }
}
