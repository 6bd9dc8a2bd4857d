import { bytesToHex, keccak256 } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commit, get, nibbles, openTrie, rootHash, set, type Trie } from '../../src/index.ts'
import { mapStore } from './support.ts'

const empty = new Uint8Array(0)

/** Keys with long shared prefixes, and a removal now and then. */
const operation = fc.record({
  key: fc.tuple(fc.constantFrom(0, 1, 15, 31), fc.integer({ min: 0, max: 255 })).map(([position, byte]) => {
    const key = new Uint8Array(32)
    key[position] = byte
    return key
  }),
  value: fc.oneof(
    { weight: 1, arbitrary: fc.constant(empty) },
    { weight: 3, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }) },
  ),
})

describe('persistence', () => {
  it('keeps every earlier root usable: a revert is to go on from an older one', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 40 }),
        fc.array(fc.nat(), { maxLength: 10 }),
        (operations, reverts) => {
          const store = mapStore()
          const history: { trie: Trie; content: ReadonlyMap<string, Uint8Array> }[] = [
            { trie: undefined, content: new Map() },
          ]
          for (const [i, { key, value }] of operations.entries()) {
            // Some operations start from an older state than the last.
            const from = history[reverts[i] === undefined ? history.length - 1 : reverts[i] % history.length]!
            const content = new Map(from.content)
            if (value.length === 0) content.delete(bytesToHex(key))
            else content.set(bytesToHex(key), value)
            history.push({ trie: set(store, from.trie, nibbles(key), value), content })
          }
          // Hashes are asked for last, in no particular order, and agree with a trie built anew.
          for (const { trie, content } of history.reverse()) {
            let anew: Trie
            for (const [key, value] of [...content].sort())
              anew = set(store, anew, nibbles(Buffer.from(key.slice(2), 'hex')), value)
            expect(bytesToHex(rootHash(trie))).toBe(bytesToHex(rootHash(anew)))
            for (const [key, value] of content)
              expect(get(store, trie, nibbles(Buffer.from(key.slice(2), 'hex')))).toEqual(value)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('returns the same object when nothing changes, loaded or not', () => {
    const store = mapStore()
    const paths = Array.from({ length: 50 }, (_, i) => nibbles(keccak256(Uint8Array.of(i))))
    let trie: Trie
    for (const path of paths) trie = set(store, trie, path, path)
    for (const same of [trie, openTrie(store.add(commit(trie)))]) {
      expect(set(store, same, paths[7]!, paths[7]!)).toBe(same)
      expect(set(store, same, nibbles(keccak256(Uint8Array.of(99))), empty)).toBe(same)
    }
  })

  it('gives a store each new node once, and nothing that it has', () => {
    const store = mapStore()
    let trie: Trie
    for (let i = 0; i < 300; i++)
      trie = set(store, trie, nibbles(keccak256(Uint8Array.of(i, i >> 8))), Uint8Array.of(1, 2, 3))
    const first = commit(trie)
    for (const [hash, bytes] of first.nodes) expect(bytesToHex(keccak256(bytes))).toBe(`0x${hash}`)
    store.add(first)
    expect(commit(trie).nodes.size).toBe(0)
    const next = set(store, openTrie(first.root), nibbles(keccak256(Uint8Array.of(5, 0))), Uint8Array.of(9))
    const second = commit(next)
    // Only the nodes on the way to the key.
    expect(second.nodes.size).toBeLessThan(6)
    expect([...second.nodes.keys()].some((hash) => first.nodes.has(hash))).toBe(false)
    store.add(second)
    for (const root of [first.root, second.root]) {
      for (let i = 0; i < 300; i++) {
        const expected = i === 5 && root === second.root ? Uint8Array.of(9) : Uint8Array.of(1, 2, 3)
        expect(get(store, openTrie(root), nibbles(keccak256(Uint8Array.of(i, i >> 8))))).toEqual(expected)
      }
    }
  })

  it('hashes nothing twice', () => {
    const store = mapStore()
    let trie: Trie
    for (let i = 0; i < 100; i++) trie = set(store, trie, nibbles(keccak256(Uint8Array.of(i))), Uint8Array.of(i))
    expect(trie?.ref).toBeUndefined()
    const root = rootHash(trie)
    const ref = trie?.ref
    expect(rootHash(trie)).toEqual(root)
    expect(trie?.ref).toBe(ref)
  })
})
