import { bytesToHex, concatBytes, keccak256 } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { emptyRoot, indexPath, indexTrieRoot } from '../../src/index.ts'
import { indexAt, leafPlace } from '../../src/step/osp-seal/key-order.ts'
import { addLeaf, emptyOpenTrie, leafRef, openTrieHash, openTrieWords } from '../../src/step/osp-seal/open-trie.ts'
import { randomBytes, randomSource } from '../trie/support.ts'

const sizes = [
  1, 2, 3, 15, 16, 17, 18, 126, 127, 128, 129, 130, 144, 200, 255, 256, 257, 258, 272, 300, 511, 513, 600, 4094,
]

function build(values: readonly Uint8Array[]) {
  let open = emptyOpenTrie
  let root: Uint8Array | undefined
  let branches = 0
  for (let i = 0; i < values.length; i++) {
    expect(root).toBeUndefined()
    const place = leafPlace(i, values.length)
    ;({ open, root } = addLeaf(open, place, leafRef(place, values[indexAt(i, values.length)]!)))
    branches = Math.max(branches, open.length)
  }
  return { open, root, branches }
}

describe('key order', () => {
  it.each(sizes)('holds each of %i indexes once, by ascending key', (count) => {
    const order = Array.from({ length: count }, (_, i) => indexAt(i, count))
    expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, i) => i))
    const keys = order.map((index) => bytesToHex(indexPath(index)))
    expect([...keys].sort()).toEqual(keys)
  })
})

describe('the open trie', () => {
  it.each(sizes)('comes to the root of %i leaves', (count) => {
    const random = randomSource(count)
    // From one byte to several hundred: below 29 bytes or so a leaf stands in its branch.
    const values = Array.from({ length: count }, () =>
      randomBytes(random, 1 + (random() % (random() % 4 === 0 ? 300 : 40))),
    )
    const { open, root, branches } = build(values)
    expect(bytesToHex(root!)).toBe(bytesToHex(indexTrieRoot(values)))
    expect(open).toEqual([])
    expect(branches).toBeLessThanOrEqual(6)
  })

  it('is hashed as its words, which tell where they end', () => {
    expect(openTrieWords(emptyOpenTrie)).toEqual([new Uint8Array(32)])
    const place = leafPlace(0, 20)
    const short = Uint8Array.of(0xc2, 0x20, 0x01)
    const { open } = addLeaf(emptyOpenTrie, place, short)
    const words = openTrieWords(open)
    // Keys 01 and 02 part at their second nibble: one branch, at depth 1, with child 1 inside of it.
    expect(words.map(bytesToHex)).toEqual([
      `0x${'1'.padStart(64, '0')}`,
      `0x${(1n | (2n << 8n) | (2n << 24n)).toString(16).padStart(64, '0')}`,
      `0xc22001${'00'.repeat(29)}`,
    ])
    const tag = keccak256(new TextEncoder().encode('crema.openTrie.v1'))
    expect(openTrieHash(open)).toEqual(keccak256(concatBytes(tag, ...words)))
  })

  it('has the hash of a lone leaf as root, however short', () => {
    const value = Uint8Array.of(1)
    const { root } = build([value])
    expect(root).toEqual(indexTrieRoot([value]))
    expect(root).not.toEqual(emptyRoot)
  })
})
