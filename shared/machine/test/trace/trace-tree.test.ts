import { bytesToHex, hashWords, keccak256, tags } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPaddedTreeBuilder } from '../../src/trace/padded-tree.ts'
import { blockLeaf, fold, repeat, segmentLeaf, traceDepth, verifyLeaf } from '../../src/trace/trace-tree.ts'
import { proofOf } from '../../src/trace/tree-queries.ts'

const [a, b] = [keccak256(Uint8Array.of(1)), keccak256(Uint8Array.of(2))]

describe('trace tree', () => {
  it('hashes leaves under tags of their own', () => {
    expect(bytesToHex(segmentLeaf(a, b))).toBe(hashWords(tags.segmentLeaf, bytesToHex(a), bytesToHex(b)))
    expect(bytesToHex(blockLeaf(a, b))).toBe(hashWords(tags.blockLeaf, bytesToHex(a), bytesToHex(b)))
    expect(traceDepth.blocks + traceDepth.segments + traceDepth.steps).toBe(traceDepth.total)
  })

  it('repeats a leaf', () => {
    expect(repeat(a, 0)).toBe(a)
    expect(repeat(a, 4)).toEqual(fold(Array.from({ length: 16 }, () => a)))
  })

  it('refuses every proof but the right one', () => {
    const builder = createPaddedTreeBuilder(6, 0)
    for (let i = 0; i < 40; i++) builder.append(keccak256(Uint8Array.of(i)))
    const tree = builder.finish()
    const bits = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 7 }), bits, (index, what, bit) => {
        const siblings = proofOf(tree, index).map((sibling) => sibling.slice())
        const leaf = tree.node(0, index).slice()
        const root = tree.root.slice()
        verifyLeaf(root, leaf, index, siblings, 6)
        const flipped = [...siblings, leaf, root][what]!
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        expect(() => verifyLeaf(root, leaf, index, siblings, 6)).toThrow(/not below this root/)
      }),
    )
    const siblings = proofOf(tree, 5)
    expect(() => verifyLeaf(tree.root, tree.node(0, 5), 4, siblings, 6)).toThrow(/not below/)
    expect(() => verifyLeaf(tree.root, tree.node(0, 5), 5 + 64, siblings, 6)).toThrow(/no such leaf/)
    expect(() => verifyLeaf(tree.root, tree.node(0, 5), 5, siblings.slice(1), 6)).toThrow(/sibling for each/)
    for (const index of [-1, 0.5, Number.NaN]) {
      expect(() => verifyLeaf(tree.root, a, index, siblings, 6)).toThrow(/no such leaf/)
    }
  })
})
