import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendToFrontier,
  CremaError,
  createTree,
  emptyFrontier,
  emptyTreeRoot,
  type Frontier,
  frontierRoot,
  type Hash,
  keccak256Hex,
  rootOf,
} from '../src/index.ts'
import { oracleRoot, readVectors, rowsOf } from './support.ts'

const leaf = (i: number): Hash => keccak256Hex(Uint8Array.of(i & 255, i >> 8))
const leaves = Array.from({ length: 70 }, (_, i) => leaf(i))
const frontierOf = (items: readonly Hash[]): Frontier => items.reduce(appendToFrontier, emptyFrontier)

describe('append-only tree', () => {
  it('matches the vectors, and the vectors their definition', () => {
    const vectors = readVectors('append-only-tree.json')
    expect(emptyTreeRoot).toBe(vectors.emptySubtrees[32])
    for (const [size, root] of vectors.roots.entries()) {
      expect(oracleRoot(vectors.leaves.slice(0, size), 32)).toBe(root)
      expect(frontierRoot(frontierOf(vectors.leaves.slice(0, size)))).toBe(root)
    }
    for (const { index, leaf, siblings, root, rootAtNextIndex } of rowsOf(vectors.proofs)) {
      expect(rootOf(leaf, index, siblings)).toBe(root)
      expect(rootOf(leaf, index + 1, siblings)).toBe(rootAtNextIndex)
      expect(rootAtNextIndex).not.toBe(root)
    }
  })

  it('gives the same roots, frontiers and proofs for every earlier size', () => {
    const tree = createTree(leaves)
    fc.assert(
      fc.property(fc.nat(70), fc.nat(69), (size, index) => {
        const frontier = frontierOf(leaves.slice(0, size))
        expect(tree.root(size)).toBe(frontierRoot(frontier))
        expect(frontierRoot(tree.frontier(size))).toBe(tree.root(size))
        expect(appendToFrontier(tree.frontier(size), leaf(999))).toEqual(appendToFrontier(frontier, leaf(999)))
        if (index >= size) expect(() => tree.proof(index, size)).toThrow(CremaError)
        else expect(rootOf(tree.leaf(index), index, tree.proof(index, size))).toBe(tree.root(size))
      }),
    )
  })

  it('forgets what it truncates', () => {
    fc.assert(
      fc.property(fc.nat(70), fc.nat(20), (size, more) => {
        const tree = createTree(leaves)
        tree.truncate(size)
        const again = leaves.slice(0, more).map((_, i) => leaf(5_000 + i))
        for (const item of again) tree.append(item)
        expect(tree.count).toBe(size + more)
        expect(tree.root()).toBe(frontierRoot(frontierOf([...leaves.slice(0, size), ...again])))
      }),
    )
  })

  it('refuses sizes that it does not have', () => {
    const tree = createTree(leaves)
    for (const call of [
      () => tree.root(71),
      () => tree.root(-1),
      () => tree.root(1.5),
      () => tree.truncate(71),
      () => tree.leaf(70),
      () => tree.proof(70),
      () => tree.frontier(71),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: 'NOT_IN_TREE' }))
    }
  })

  it('is full at 2^32 - 1 leaves', () => {
    const nodes = Array.from({ length: 32 }, (_, i) => leaf(i))
    const last = appendToFrontier({ count: 2 ** 32 - 2, nodes: [undefined, ...nodes.slice(1)] }, leaf(1))
    expect(last.count).toBe(2 ** 32 - 1)
    expect(() => appendToFrontier(last, leaf(2))).toThrow(expect.objectContaining({ code: 'TREE_FULL' }))
  })
})
