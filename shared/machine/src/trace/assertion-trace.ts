import { idleSegmentLeaf, type TracedBlock } from './block-trace.ts'
import { TraceError } from './errors.ts'
import { createHashList } from './hash-list.ts'
import { createBlockOpener, type OpenBlock } from './open-block.ts'
import { createPaddedTree, type PaddedTree } from './padded-tree.ts'
import type { SegmentTrace } from './segment-trace.ts'
import type { TraceSource } from './source.ts'
import type { TraceStore } from './trace-store.ts'
import { blockLeaf, repeat, traceDepth } from './trace-tree.ts'
import { descendants, lastLeafProof, type NodeSource, proofOf } from './tree-queries.ts'

/** The last leaf of a tree as far as the state in it does not tell it. */
export interface LastLeafProof {
  /** Root of the tree in that leaf; zero where leaves are states. */
  readonly subRoot: Uint8Array
  /** From the leaf up. */
  readonly siblings: readonly Uint8Array[]
}

/** The leaf before an opened one, in the same tree. */
export interface PreviousLeaf {
  readonly state: Uint8Array
  readonly subRoot: Uint8Array
  /** From the leaf up. */
  readonly siblings: readonly Uint8Array[]
}

/** What shows that the leaf of a block or segment is well formed, and the state that it begins with. */
export interface LeafOpening {
  readonly stateAfter: Uint8Array
  readonly subRoot: Uint8Array
  /** That the last leaf below `subRoot` carries `stateAfter`. */
  readonly lastLeaf: LastLeafProof
  /** Undefined for leaf 0. */
  readonly previous: PreviousLeaf | undefined
}

/**
 * The trace of an assertion, complete: any node, state and opening of the tree of depth 48. Blocks `b`, segments `x` and micro-ops `i` behind the last ones are
 * asked for like any other. Throws {@link TraceError} `NO_SUCH_NODE` for what lies outside of the tree, and `NOT_REPRODUCED` if a block no longer runs as it did.
 */
export interface AssertionTrace {
  readonly root: Uint8Array
  /** Hash of the state that it begins with. */
  readonly initialState: Uint8Array
  /** Hash of the assertion's end state. */
  readonly endState: Uint8Array
  /** Blocks without padding. */
  readonly blocks: number
  /**
   * The 2^levels nodes `levels` (16 nodes by default) below the node at `depth` (0: the root) whose path from the root, as a number, is `prefix`. At depth 12 and 24 the node
   * is the root within the leaf, so nothing crosses these depths.
   */
  children(depth: number, prefix: number, levels?: number): Uint8Array[]
  /** The state after micro-op `i`. */
  stateAfter(b: number, x: number, i: number): Uint8Array
  /** The state that micro-op `i` begins with. */
  stateBefore(b: number, x: number, i: number): Uint8Array
  openBlockLeaf(b: number): LeafOpening
  openSegmentLeaf(b: number, x: number): LeafOpening
  /** Siblings, from the leaf up, of step `i` below its segment's root. */
  stepProof(b: number, x: number, i: number): Uint8Array[]
  /** That the last block's leaf carries {@link endState}. */
  lastLeafProof(): LastLeafProof
}

const noRoot = new Uint8Array(32)

/** What a complete trace is opened with. `blocks`: at least one, in order. */
export interface AssertionTraceParts {
  readonly source: TraceSource
  readonly store: TraceStore
  readonly blocks: readonly TracedBlock[]
}

/** Opens a complete trace for queries. What it reads of blocks comes from the store, or by running them again. */
export function openAssertionTrace({ source, store, blocks }: AssertionTraceParts): AssertionTrace {
  const endState = blocks.at(-1)!.stateAfter
  const idleBlock: TracedBlock = { stateAfter: endState, root: repeat(idleSegmentLeaf(endState), traceDepth.segments) }
  const tree = blocksTree(blocks, idleBlock)
  const opener = createBlockOpener({ source, store, blocks })
  const blockAt = (b: number): TracedBlock => blocks[b] ?? idleBlock

  function blockOf(b: number): OpenBlock {
    requireIndex(b, traceDepth.blocks)
    return opener.open(b)
  }

  function segmentOf(b: number, x: number): SegmentTrace {
    requireIndex(x, traceDepth.segments)
    return blockOf(b).segment(x)
  }

  return {
    root: tree.root,
    initialState: source.initialState,
    endState,
    blocks: blocks.length,
    children(depth, prefix, levels = 4) {
      const { blocks: ofBlocks, segments, total } = traceDepth
      if (depth < ofBlocks) return descendants(tree, ofBlocks - depth, prefix, levels)
      const path = (height: number) => Math.floor(prefix / 2 ** height)
      if (depth < ofBlocks + segments) {
        const below = depth - ofBlocks
        return descendants(blockOf(path(below)).tree, segments - below, prefix % 2 ** below, levels)
      }
      const below = depth - ofBlocks - segments
      const leaf = path(below)
      const segment = segmentOf(Math.floor(leaf / 2 ** segments), leaf % 2 ** segments)
      return descendants(segment, total - depth, prefix % 2 ** below, levels)
    },
    stateAfter: (b, x, i) => segmentOf(b, x).node(0, i),
    stateBefore(b, x, i) {
      for (const [index, depth] of [
        [b, traceDepth.blocks],
        [x, traceDepth.segments],
        [i, traceDepth.steps],
      ] as const) {
        requireIndex(index, depth)
      }
      if (i > 0) return segmentOf(b, x).node(0, i - 1)
      if (x > 0) return segmentOf(b, x - 1).record.stateAfter
      return b === 0 ? source.initialState : blockAt(b - 1).stateAfter
    },
    openBlockLeaf(b) {
      const { stateAfter, tree: segments, segment } = blockOf(b)
      const subRoot = segment(2 ** traceDepth.segments - 1).record.root
      const lastLeaf = { subRoot, siblings: lastLeafProof(segments) }
      return { stateAfter, subRoot: segments.root, lastLeaf, previous: previousLeaf(tree, b, blockAt) }
    },
    openSegmentLeaf(b, x) {
      const trace = segmentOf(b, x)
      const { tree: segments, segment } = blockOf(b)
      const { stateAfter, root } = trace.record
      const lastLeaf = { subRoot: noRoot, siblings: lastLeafProof(trace) }
      return { stateAfter, subRoot: root, lastLeaf, previous: previousLeaf(segments, x, (at) => segment(at).record) }
    },
    stepProof: (b, x, i) => proofOf(segmentOf(b, x), i),
    lastLeafProof: () => ({ subRoot: blockAt(2 ** traceDepth.blocks - 1).root, siblings: lastLeafProof(tree) }),
  }
}

/** The tree of an assertion's blocks. */
function blocksTree(blocks: readonly TracedBlock[], idleBlock: TracedBlock): PaddedTree {
  const nodes = createHashList()
  for (const { stateAfter, root } of blocks) nodes.push(blockLeaf(stateAfter, root))
  if (blocks.length < 2 ** traceDepth.blocks) nodes.push(blockLeaf(idleBlock.stateAfter, idleBlock.root))
  return createPaddedTree({ depth: traceDepth.blocks, base: 0, nodes, lastLeaf: nodes.at(nodes.length - 1) })
}

function previousLeaf(
  tree: NodeSource,
  index: number,
  leafAt: (index: number) => TracedBlock,
): PreviousLeaf | undefined {
  if (index === 0) return undefined
  const { stateAfter, root } = leafAt(index - 1)
  return { state: stateAfter, subRoot: root, siblings: proofOf(tree, index - 1) }
}

function requireIndex(index: number, depth: number): void {
  if (Number.isInteger(index) && index >= 0 && index < 2 ** depth) return
  throw new TraceError('NO_SUCH_NODE', 'the tree has no such leaf', { details: { index, depth } })
}
