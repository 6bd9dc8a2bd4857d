import { bytesToHex, keccak256 } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import {
  commit,
  get,
  MissingNodeError,
  nibbles,
  openTrie,
  proveGet,
  proveSet,
  rootHash,
  set,
  type Trie,
  TrieError,
} from '../../src/index.ts'
import { mapStore, proofStore } from './support.ts'

const empty = new Uint8Array(0)
const path = (i: number) => nibbles(keccak256(Uint8Array.of(i)))

function filled() {
  const store = mapStore()
  let trie: Trie
  for (let i = 0; i < 200; i++) trie = set(store, trie, path(i), new Uint8Array(40).fill(i + 1))
  return { store, root: store.add(commit(trie)) }
}

describe('a missing node', () => {
  it('is named by read, write, removal and proof, and nothing else goes wrong', () => {
    const { store, root } = filled()
    for (let i = 0; i < 200; i += 13) {
      const needed = [...proofStore(proveSet(store, openTrie(root), path(i), empty)).nodes.keys()]
      const read = proofStore(proveGet(store, openTrie(root), path(i))).nodes
      for (const hash of needed) {
        const bytes = store.nodes.get(hash)!
        const named = `trie node 0x${hash} is not in the store`
        store.nodes.delete(hash)
        const trie = openTrie(root)
        expect(() => proveSet(store, trie, path(i), empty)).toThrow(named)
        expect(() => set(store, trie, path(i), empty)).toThrow(named)
        if (read.has(hash)) expect(() => get(store, trie, path(i))).toThrow(named)
        else expect(get(store, trie, path(i))).toEqual(new Uint8Array(40).fill(i + 1))
        store.nodes.set(hash, bytes)
        // The same trie goes on once the node is there.
        expect(get(store, trie, path(i))).toEqual(new Uint8Array(40).fill(i + 1))
      }
    }
  })

  it('names the depth, so that a pruned root differs from a hole', () => {
    const { root } = filled()
    try {
      get(mapStore(), openTrie(root), path(1))
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(MissingNodeError)
      expect((error as MissingNodeError).code).toBe('MISSING_NODE')
      expect((error as MissingNodeError).details).toEqual({ hash: bytesToHex(root), depth: 0 })
    }
  })

  it('is not asked for where the operation does not go', () => {
    const { store, root } = filled()
    const proof = proofStore(proveSet(store, openTrie(root), path(3), Uint8Array.of(1)))
    const next = set(proof, openTrie(root), path(3), Uint8Array.of(1))
    expect(rootHash(next)).toEqual(rootHash(set(store, openTrie(root), path(3), Uint8Array.of(1))))
  })
})

describe('stored bytes that are no node', () => {
  it.each([
    ['nothing', empty],
    ['a string', Uint8Array.of(0x82, 1, 2)],
    ['a list of one', Uint8Array.of(0xc1, 0x20)],
    ['cut off', Uint8Array.of(0xf8, 80, 1, 2, 3)],
    ['bytes after the node', Uint8Array.of(0xc2, 0x31, 5, 0)],
  ])('%s is refused', (_name, bytes) => {
    const root = keccak256(Uint8Array.of(1))
    expect(() => get({ node: () => bytes }, openTrie(root), path(1))).toThrow(TrieError)
  })
})
