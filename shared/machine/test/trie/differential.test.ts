import { bytesToHex } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { commit, get, nibbles, openTrie, proveGet, proveSet, rootHash, set, type Trie } from '../../src/index.ts'
import { libraryProof, libraryTrie, mapStore, proofStore, randomBytes, randomSource } from './support.ts'

type Keys = (random: () => number) => Uint8Array

/** 32-byte keys of a pool: `free` bytes at `at` vary over `values` values, the rest is fixed. */
function pool(fixed: number, at: number, values: number): Keys {
  return (random) => {
    const key = new Uint8Array(32).fill(fixed)
    key[at] = random() % values
    return key
  }
}

/** Keys that agree with each other for a random number of nibbles, up to 63. */
const deep: Keys = (random) => {
  const key = new Uint8Array(32)
  const nibble = random() % 64
  key[nibble >> 1] = (1 + (random() % 3)) << (nibble & 1 ? 0 : 4)
  return key
}

const shapes: readonly (readonly [name: string, keys: Keys, valueLengths: readonly number[], operations: number])[] = [
  ['random keys', (random) => randomBytes(random, 32), [1, 33, 70], 400],
  ['few keys, differing in the first byte', pool(7, 0, 5), [1, 2, 32, 60], 400],
  ['one to three leaves', pool(0, 0, 3), [1, 31, 300], 400],
  ['keys that differ in the last byte: inline nodes', pool(0xab, 31, 40), [1, 2, 3, 28, 40], 600],
  ['keys that differ in the last nibble', pool(0xab, 31, 16), [1, 28, 29, 30, 31], 600],
  ['keys that part at any depth', deep, [1, 20, 40], 800],
  ['long values', pool(1, 9, 9), [55, 56, 57, 255, 256, 257, 65_536], 200],
]

describe('trie against the library', () => {
  it.each(shapes)('%s', async (_name, keys, lengths, operations) => {
    const random = randomSource(operations + lengths.length)
    const store = mapStore()
    const theirs = libraryTrie()
    const known = new Map<string, Uint8Array>()
    let trie: Trie
    for (let i = 0; i < operations; i++) {
      const existing = [...known.keys()]
      const reuse = existing.length > 0 && random() % 2 === 0
      const key = reuse ? new Uint8Array(Buffer.from(existing[random() % existing.length]!, 'hex')) : keys(random)
      const isRemoval = random() % 5 < 2
      const value = isRemoval ? new Uint8Array(0) : randomBytes(random, lengths[random() % lengths.length]!)
      const path = nibbles(key)

      expect(bytesToHex(proveGet(store, trie, path))).toBe(
        trie === undefined ? '0x' : bytesToHex(await libraryProof(theirs, key)),
      )
      const before = rootHash(trie)
      const proof = proveSet(store, trie, path, value)
      const next = set(store, trie, path, value)
      if (isRemoval) await theirs.del(key)
      else await theirs.put(key, value)
      const hex = Buffer.from(key).toString('hex')
      if (isRemoval) known.delete(hex)
      else known.set(hex, value)
      expect(bytesToHex(rootHash(next))).toBe(bytesToHex(theirs.root()))

      // The proof alone is enough, and no node of it is superfluous.
      const alone = proofStore(proof)
      const count = alone.nodes.size
      expect(bytesToHex(rootHash(set(alone, openTrie(before), path, value)))).toBe(bytesToHex(theirs.root()))
      expect(alone.reads).toBe(count)

      expect(get(store, trie, path) === undefined).toBe(!existing.includes(hex))
      trie = next
      // Now and then everything is read back from the store.
      if (random() % 8 === 0) trie = openTrie(store.add(commit(trie)))
    }
    for (const [hex, value] of known) {
      expect(get(store, trie, nibbles(new Uint8Array(Buffer.from(hex, 'hex'))))).toEqual(value)
    }
  })

  it('ends empty after the removal of every key in any order', () => {
    const random = randomSource(9)
    const store = mapStore()
    const paths = Array.from({ length: 200 }, () => nibbles(randomBytes(random, 32)))
    let trie: Trie
    const roots: string[] = []
    for (const path of paths) {
      roots.push(bytesToHex(rootHash(trie)))
      trie = set(store, trie, path, path.subarray(0, 20))
    }
    // Backwards, every root of the way up comes back.
    for (const path of [...paths].reverse()) {
      trie = set(store, trie, path, new Uint8Array(0))
      expect(bytesToHex(rootHash(trie))).toBe(roots.pop())
    }
    expect(trie).toBeUndefined()
  })
})
