import { bytesToHex, keccak256, merkleProof, merkleRoot } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPaddedTree, createPaddedTreeBuilder } from '../../src/trace/padded-tree.ts'
import { fold, repeat, verifyLastLeaf, verifyLeaf } from '../../src/trace/trace-tree.ts'
import { children, descendants, lastLeafProof, proofOf, sixteenChildren } from '../../src/trace/tree-queries.ts'

const leafOf = (i: number) => keccak256(Uint8Array.of(i, i >> 8))

/** Depth, number of given leaves, lowest kept height. */
const shapes = fc.integer({ min: 0, max: 8 }).chain((depth) =>
  fc.record({
    depth: fc.constant(depth),
    count: fc.integer({ min: 1, max: 2 ** depth }),
    base: fc.integer({ min: 0, max: depth }),
  }),
)

function build(depth: number, base: number, leaves: readonly Uint8Array[]) {
  const builder = createPaddedTreeBuilder(depth, base)
  for (const leaf of leaves) builder.append(leaf)
  expect(builder.count).toBe(leaves.length)
  return builder.finish()
}

/** Every level of the whole tree, from the leaves up. */
function naiveLevels(depth: number, leaves: readonly Uint8Array[]): Uint8Array[][] {
  const levels = [Array.from({ length: 2 ** depth }, (_, i) => leaves[i] ?? leaves.at(-1)!)]
  for (let h = 0; h < depth; h++) {
    const below = levels[h]!
    levels.push(Array.from({ length: below.length / 2 }, (_, i) => fold([below[2 * i]!, below[2 * i + 1]!])))
  }
  return levels
}

describe('padded tree', () => {
  it('has the nodes of the whole tree whose last leaf is repeated, from its base up', () => {
    fc.assert(
      fc.property(shapes, ({ depth, count, base }) => {
        const leaves = Array.from({ length: count }, (_, i) => leafOf(i))
        const tree = build(depth, base, leaves)
        const levels = naiveLevels(depth, leaves)
        expect(tree.root).toEqual(levels[depth]![0])
        for (let h = base; h <= depth; h++) {
          for (const [p, node] of levels[h]!.entries()) expect(tree.node(h, p)).toEqual(node)
        }
        for (let h = 0; h <= depth; h++) expect(tree.padding(h)).toEqual(repeat(leaves.at(-1)!, h))
        expect(tree.nodes.length).toBe(Math.ceil(count / 2 ** base))
        const again = createPaddedTree({ depth, base, nodes: tree.nodes, lastLeaf: leaves.at(-1)! })
        expect(again.root).toEqual(tree.root)
        if (base > 0) expect(() => tree.node(base - 1, 0)).toThrow(/not kept/)
      }),
    )
  })

  it('agrees with the trees of the protocol', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), ({ depth, count }, at) => {
        const leaves = Array.from({ length: count }, (_, i) => leafOf(i))
        const tree = build(depth, 0, leaves)
        const full = naiveLevels(depth, leaves)[0]!.map(bytesToHex)
        expect(bytesToHex(tree.root)).toBe(merkleRoot(full, depth))
        const index = at % 2 ** depth
        expect(proofOf(tree, index).map(bytesToHex)).toEqual(merkleProof(full, depth, index))
        verifyLeaf(tree.root, tree.node(0, index), index, proofOf(tree, index), depth)
        verifyLastLeaf(tree.root, leaves.at(-1)!, lastLeafProof(tree), depth)
      }),
    )
  })

  it('gives both and sixteen children of any node, which fold to it', () => {
    const tree = build(
      8,
      0,
      Array.from({ length: 77 }, (_, i) => leafOf(i)),
    )
    for (let h = 1; h <= 8; h++) {
      for (let p = 0; p < 2 ** (8 - h); p++) {
        expect(fold(children(tree, h, p))).toEqual(tree.node(h, p))
        if (h >= 4) expect(fold(sixteenChildren(tree, h, p))).toEqual(tree.node(h, p))
      }
    }
    expect(sixteenChildren(tree, 8, 0)).toHaveLength(16)
    expect(() => sixteenChildren(tree, 3, 0)).toThrow(/below the leaves/)
  })

  it('copies the leaves it is given', () => {
    const builder = createPaddedTreeBuilder(3, 0)
    const shared = new Uint8Array(32)
    for (let i = 0; i < 5; i++) {
      shared.set(leafOf(i))
      builder.append(shared)
    }
    shared.fill(7)
    expect(builder.finish().root).toEqual(build(3, 0, [0, 1, 2, 3, 4].map(leafOf)).root)
  })

  it('goes on after it was finished', () => {
    const builder = createPaddedTreeBuilder(5, 2)
    for (let count = 1; count <= 32; count++) {
      builder.append(leafOf(count))
      const leaves = Array.from({ length: count }, (_, i) => leafOf(i + 1))
      expect(builder.finish().root).toEqual(build(5, 2, leaves).root)
    }
  })

  it('refuses what does not fit or does not exist', () => {
    expect(() => createPaddedTreeBuilder(4, 0).finish()).toThrow(/needs a leaf/)
    const builder = createPaddedTreeBuilder(1, 0)
    builder.append(leafOf(0))
    builder.append(leafOf(1))
    expect(() => builder.append(leafOf(2))).toThrow(/full/)
    const tree = builder.finish()
    expect(() => createPaddedTree({ depth: 0, base: 0, nodes: tree.nodes, lastLeaf: leafOf(1) })).toThrow(/full/)
    for (const [height, position] of [
      [2, 0],
      [-1, 0],
      [0, 2],
      [0, -1],
      [1, 1],
      [0.5, 0],
      [0, 0.5],
      [Number.NaN, 0],
      [0, Number.NaN],
    ] as const) {
      expect(() => tree.node(height, position)).toThrow(/no such node/)
      expect(() => descendants(tree, height, position, 0)).toThrow(/no such node/)
    }
    expect(() => proofOf(tree, 2)).toThrow(/no such node/)
  })
})
