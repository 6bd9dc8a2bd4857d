import { bytesEqual } from '@crema/protocol'
import { TraceError } from './errors.ts'
import type { HashList } from './hash-list.ts'
import { createPaddedTree, createPaddedTreeBuilder, type PaddedTree, requireNode } from './padded-tree.ts'
import type { BlockRun } from './source.ts'
import { traceDepth } from './trace-tree.ts'
import type { NodeSource } from './tree-queries.ts'

/**
 * Height of the lowest nodes of a segment's tree that are kept: 32 bytes for every 4,096 micro-ops, at most 128 KiB for a segment. What lies
 * below takes running the segment again without hashing, and hashing 4,096 micro-ops.
 */
export const keptHeight = 12

/** Micro-ops between two chances to stop. */
const batch = 2 ** 14

/** What is kept of a segment. */
export interface SegmentRecord {
  /** Micro-ops, at most 2^24. 0 in a segment behind the last one, where nothing happens. */
  readonly steps: number
  readonly stateAfter: Uint8Array
  /** Root of the tree of the states after each micro-op. */
  readonly root: Uint8Array
  /** Its nodes at {@link keptHeight}, without those of the padding alone. */
  readonly nodes: HashList
}

/**
 * Runs the segment that has just begun to its end and hashes every state. Yields the micro-ops since it last yielded, about every 16,384. Throws
 * {@link TraceError} `TREE_FULL` behind 2^24 micro-ops, which consensus rules out.
 */
export function* traceSegment(run: BlockRun): Generator<number, SegmentRecord, void> {
  const builder = createPaddedTreeBuilder(traceDepth.steps, keptHeight)
  let last = run.stateHash()
  while (run.isRunning) {
    const before = builder.count
    while (run.isRunning && builder.count - before < batch) {
      last = run.step()
      builder.append(last)
    }
    yield builder.count - before
  }
  const { root, nodes } = builder.finish()
  return { steps: builder.count, stateAfter: last.slice(), root, nodes }
}

/** The tree of a segment's steps from {@link keptHeight} up. */
export function stepsTree({ stateAfter, nodes }: SegmentRecord): PaddedTree {
  return createPaddedTree({ depth: traceDepth.steps, base: keptHeight, nodes, lastLeaf: stateAfter })
}

/** The tree of all steps of a segment: node i at height 0 is the state after micro-op i, or the last one. */
export interface SegmentTrace extends NodeSource {
  readonly record: SegmentRecord
}

/** Subtrees of 4,096 steps that were hashed again, by position; a cache for one segment. */
export interface Subtrees {
  get(position: number): PaddedTree | undefined
  set(position: number, subtree: PaddedTree): void
}

/**
 * Opens a segment for queries; `begin` gives a run at its begin. Nodes at {@link keptHeight} and above, and those of the padding, cost nothing; others
 * throw {@link TraceError} `NOT_REPRODUCED` when the run does not lead to what was recorded.
 */
export function openSegmentTrace(record: SegmentRecord, begin: () => BlockRun, subtrees: Subtrees): SegmentTrace {
  const upper = stepsTree(record)

  function subtree(position: number): PaddedTree {
    const known = subtrees.get(position)
    if (known !== undefined) return known
    const made = hashSubtree(begin(), position)
    if (made === undefined || !bytesEqual(made.root, record.nodes.at(position))) {
      const details = { position, steps: record.steps }
      throw new TraceError('NOT_REPRODUCED', 'the segment runs otherwise than it was recorded', { details })
    }
    subtrees.set(position, made)
    return made
  }

  return {
    record,
    depth: traceDepth.steps,
    node(height, position) {
      requireNode(traceDepth.steps, height, position)
      if (height >= keptHeight) return upper.node(height, position)
      if (position * 2 ** height >= record.steps) return upper.padding(height)
      const width = 2 ** (keptHeight - height)
      return subtree(Math.floor(position / width)).node(height, position % width)
    },
  }
}

/** The tree of the steps `position` · 4,096 to + 4,095 of a segment that has just begun; undefined if it has no such steps. */
function hashSubtree(run: BlockRun, position: number): PaddedTree | undefined {
  const first = position * 2 ** keptHeight
  if (run.skip(first) !== first || !run.isRunning) return undefined
  const builder = createPaddedTreeBuilder(keptHeight, 0)
  while (run.isRunning && builder.count < 2 ** keptHeight) builder.append(run.step())
  return builder.finish()
}
