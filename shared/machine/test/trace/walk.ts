import { expect } from 'vitest'
import type { AssertionTrace } from '../../src/trace/assertion-trace.ts'
import { blockLeaf, fold, segmentLeaf, traceDepth, verifyLastLeaf, verifyLeaf } from '../../src/trace/trace-tree.ts'

const { blocks: B, segments: X, steps: S } = traceDepth

/** Reveals the nodes of a duel on the way to micro-op (b, x, i), 16 at a time; returns the leaf. Checks all that a contract would. */
export function walk(trace: AssertionTrace, b: number, x: number, i: number): Uint8Array {
  let node = trace.root
  const reveal = (depth: number, path: number): void => {
    const nodes = trace.children(depth, Math.floor(path / 16))
    expect(nodes).toHaveLength(16)
    expect(fold(nodes)).toEqual(node)
    node = nodes[path % 16]!
  }
  for (let depth = 0; depth < B; depth += 4) reveal(depth, Math.floor(b / 2 ** (B - depth - 4)))
  const block = trace.openBlockLeaf(b)
  expect(blockLeaf(block.stateAfter, block.subRoot)).toEqual(node)
  verifyLastLeaf(block.subRoot, segmentLeaf(block.stateAfter, block.lastLeaf.subRoot), block.lastLeaf.siblings, X)
  expect(block.previous === undefined).toBe(b === 0)
  if (block.previous !== undefined) {
    const { state, subRoot, siblings } = block.previous
    verifyLeaf(trace.root, blockLeaf(state, subRoot), b - 1, siblings, B)
    expect(state).toEqual(trace.stateBefore(b, 0, 0))
  }
  node = block.subRoot
  for (let depth = 0; depth < X; depth += 4)
    reveal(B + depth, b * 2 ** (depth + 4) + Math.floor(x / 2 ** (X - depth - 4)))
  const segment = trace.openSegmentLeaf(b, x)
  expect(segmentLeaf(segment.stateAfter, segment.subRoot)).toEqual(node)
  verifyLastLeaf(segment.subRoot, segment.stateAfter, segment.lastLeaf.siblings, S)
  expect(segment.previous === undefined).toBe(x === 0)
  if (segment.previous !== undefined) {
    const { state, subRoot, siblings } = segment.previous
    verifyLeaf(block.subRoot, segmentLeaf(state, subRoot), x - 1, siblings, X)
    expect(state).toEqual(trace.stateBefore(b, x, 0))
  }
  node = segment.subRoot
  const path = b * 2 ** X + x
  for (let depth = 0; depth < S; depth += 4)
    reveal(B + X + depth, path * 2 ** (depth + 4) + Math.floor(i / 2 ** (S - depth - 4)))
  verifyLeaf(segment.subRoot, node, i, trace.stepProof(b, x, i), S)
  return node
}
