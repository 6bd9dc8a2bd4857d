import { concatBytes, hexToBytes, keccak256, merkleNode, tags } from '@crema/protocol'
import { TraceError } from './errors.ts'

/** Levels of the trace tree: 2^12 blocks, in each 2^12 segments, in each 2^24 micro-ops (docs/protocol/machine.md, Trace). */
export const traceDepth = { blocks: 12, segments: 12, steps: 24, total: 48 } as const

const segmentTag = hexToBytes(tags.segmentLeaf)
const blockTag = hexToBytes(tags.blockLeaf)

/** Leaf of a segment: `H(segmentLeaf, state after it, root of its steps)`. */
export function segmentLeaf(stateAfter: Uint8Array, stepsRoot: Uint8Array): Uint8Array {
  return keccak256(concatBytes(segmentTag, stateAfter, stepsRoot))
}

/** Leaf of a block: `H(blockLeaf, state after it, root of its segments)`. */
export function blockLeaf(stateAfter: Uint8Array, segmentsRoot: Uint8Array): Uint8Array {
  return keccak256(concatBytes(blockTag, stateAfter, segmentsRoot))
}

/** Root of the tree of `depth` levels all of whose leaves are `leaf`. */
export function repeat(leaf: Uint8Array, depth: number): Uint8Array {
  let current = leaf
  for (let height = 0; height < depth; height++) current = merkleNode(current, current)
  return current
}

/** The node above `nodes`, which are all of its descendants on one level below it: a power of two of them, at least one. */
export function fold(nodes: readonly Uint8Array[]): Uint8Array {
  let level = nodes
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2) above.push(merkleNode(level[i]!, level[i + 1]!))
    level = above
  }
  return level[0]!
}

/** Checks that `leaf` is leaf `index` below `root`. `siblings` go from the leaf up. Throws {@link TraceError} `PROOF_LENGTH`, `BAD_LEAF_INDEX`, `WRONG_LEAF`. */
export function verifyLeaf(
  root: Uint8Array,
  leaf: Uint8Array,
  index: number,
  siblings: readonly Uint8Array[],
  depth: number,
): void {
  if (siblings.length !== depth) {
    const details = { expected: depth, actual: siblings.length }
    throw new TraceError('PROOF_LENGTH', 'a proof has a sibling for each level', { details })
  }
  if (!Number.isInteger(index) || index < 0 || index >= 2 ** depth) {
    throw new TraceError('BAD_LEAF_INDEX', 'the tree has no such leaf', { details: { index, depth } })
  }
  let current = leaf
  for (const [height, sibling] of siblings.entries()) {
    const isRight = Math.floor(index / 2 ** height) % 2 === 1
    current = isRight ? merkleNode(sibling, current) : merkleNode(current, sibling)
  }
  if (Buffer.compare(current, root) !== 0) {
    throw new TraceError('WRONG_LEAF', 'the leaf is not below this root', {
      details: { expected: root, actual: current },
    })
  }
}

/** {@link verifyLeaf} of the last of 2^depth leaves. */
export function verifyLastLeaf(
  root: Uint8Array,
  leaf: Uint8Array,
  siblings: readonly Uint8Array[],
  depth: number,
): void {
  verifyLeaf(root, leaf, 2 ** depth - 1, siblings, depth)
}
