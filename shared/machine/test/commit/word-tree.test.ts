import { bytesToHex, concatBytes, emptySubtrees, type Hash, merkleProof, merkleRoot } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { proveRange, rootOfRange } from '../../src/commit/range-proof.ts'
import { readWords, setLeaf, type WordTree, wordTree, wordTreeRoot, writeWords } from '../../src/commit/word-tree.ts'
import { randomBytes, randomSource } from '../trie/support.ts'

/** Words of `bytes`, padded, as hex. */
function wordsOf(bytes: Uint8Array): Hash[] {
  const words = Math.ceil(bytes.length / 32)
  const all = concatBytes(bytes, new Uint8Array(32 * words - bytes.length))
  return Array.from({ length: words }, (_, i) => bytesToHex(all.subarray(32 * i, 32 * i + 32)))
}

describe('word tree', () => {
  it('has the root of the tree with these leaves', () => {
    const random = randomSource(1)
    expect(wordTreeRoot(undefined)).toEqual(emptySubtrees[17])
    for (const length of [1, 31, 32, 33, 64, 95, 1000, 5000]) {
      const bytes = randomBytes(random, length)
      // A gap of zeros, and zeros at the end.
      bytes.fill(0, Math.floor(length / 3), Math.floor(length / 2))
      bytes.fill(0, length - Math.floor(length / 5))
      for (const depth of [8, 12, 17]) {
        expect(bytesToHex(wordTreeRoot(wordTree(bytes, depth), depth))).toBe(merkleRoot(wordsOf(bytes), depth))
      }
    }
    expect(wordTree(new Uint8Array(500))).toBeUndefined()
  })

  it('is as if built anew after any writes, and the old tree stays', () => {
    const random = randomSource(2)
    const bytes = new Uint8Array(32 * 64)
    let tree: WordTree
    for (let i = 0; i < 400; i++) {
      const first = random() % 64
      const count = 1 + (random() % (random() % 3 === 0 ? 64 - first : 1))
      const words = random() % 4 === 0 ? new Uint8Array(32 * count) : randomBytes(random, 32 * count)
      if (random() % 3 === 0) words.fill(0, 0, 32 * (random() % (count + 1)))
      const before = wordTreeRoot(tree, 6)
      const next = count === 1 ? setLeaf(tree, 6, first, words) : writeWords(tree, 6, first, words)
      expect(wordTreeRoot(tree, 6)).toEqual(before)
      bytes.set(words, 32 * first)
      expect(wordTreeRoot(next, 6)).toEqual(wordTreeRoot(wordTree(bytes, 6), 6))
      expect(readWords(next, 6, 0, 64)).toEqual(bytes)
      // What is written again changes nothing.
      expect(writeWords(next, 6, first, words)).toBe(next)
      tree = next
    }
  })

  it('proves each range, with old words and new', () => {
    const random = randomSource(3)
    const depth = 5
    for (const length of [0, 40, 300, 1024]) {
      const bytes = randomBytes(random, length)
      bytes.fill(0, 0, length >> 2)
      const tree = wordTree(bytes, depth)
      const root = wordTreeRoot(tree, depth)
      for (let first = 0; first < 32; first++) {
        for (let count = 1; first + count <= 32; count++) {
          const proof = proveRange(tree, depth, first, count)
          const old = readWords(tree, depth, first, count)
          expect(rootOfRange(depth, first, old, proof)).toEqual({ root, length: proof.length })
          const words = randomBytes(random, 32 * count)
          const after = wordTreeRoot(writeWords(tree, depth, first, words), depth)
          expect(rootOfRange(depth, first, words, proof).root).toEqual(after)
          expect(() => rootOfRange(depth, first, old, proof.subarray(0, -1))).toThrow('ends too early')
        }
      }
    }
  })

  it('has the siblings of a Merkle proof, empty ones left out', () => {
    const words = wordsOf(randomBytes(randomSource(4), 32 * 9))
    const tree = wordTree(concatBytes(...words.map((each) => Buffer.from(each.slice(2), 'hex'))), 12)
    for (const index of [0, 5, 8]) {
      const proof = proveRange(tree, 12, index, 1)
      const siblings = merkleProof(words, 12, index).filter((each, i) => each !== bytesToHex(emptySubtrees[i]!))
      expect(bytesToHex(proof.subarray(8))).toBe(`0x${siblings.map((each) => each.slice(2)).join('')}`)
    }
  })

  it('refuses ranges that are none', () => {
    expect(() => proveRange(undefined, 5, 32, 1)).toThrow('no such range')
    expect(() => proveRange(undefined, 5, 0, 0)).toThrow('no such range')
    expect(() => rootOfRange(5, 31, new Uint8Array(64), new Uint8Array(8))).toThrow('no such range')
    expect(() => rootOfRange(5, 0, new Uint8Array(31), new Uint8Array(8))).toThrow('no such range')
  })
})
