import { readFileSync } from 'node:fs'
import { bytesToHex, hexToBytes, keccak256 } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { vectorText } from '../../protocol/scripts/vector-sets/index.ts'
import { makeVectors } from '../scripts/vector-sets/index.ts'
import { get, type NodeStore, nibbles, openTrie, rootHash, set, TrieError } from '../src/index.ts'
import { proofStore } from './trie/support.ts'

const directory = new URL('../vectors/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(name, directory), 'utf8'))

describe('vectors', () => {
  const made = makeVectors()

  it.each(Object.keys(made))('%s is what make-vectors.ts writes', (name) => {
    expect(readFileSync(new URL(name, directory), 'utf8') === vectorText(made[name]!)).toBe(true)
  })

  it('hold proofs that are enough for their read and write, from the file alone', () => {
    const rows = read('mpt.json')
    expect(rows.count).toBeGreaterThan(200)
    for (let i = 0; i < rows.count; i++) {
      const path = nibbles(hexToBytes(rows.key[i])).subarray(0, rows.keyLength[i])
      const proof = hexToBytes(rows.proof[i])
      const opened = openTrie(hexToBytes(rows.root[i]))
      const value = get(proofStore(proof.subarray(0, rows.getLength[i])), opened, path)
      expect(bytesToHex(value ?? new Uint8Array(0)), rows.name[i]).toBe(rows.value[i])
      const next = set(proofStore(proof), openTrie(hexToBytes(rows.root[i])), path, hexToBytes(rows.newValue[i]))
      expect(bytesToHex(rootHash(next)), rows.name[i]).toBe(rows.newRoot[i])
    }
  })

  it('hold malformed tries, which are refused', () => {
    const rows = read('mpt-invalid.json')
    const refused = new Set<string>()
    for (let i = 0; i < rows.count; i++) {
      const proof = hexToBytes(rows.proof[i])
      const nodes = [proof.subarray(0, rows.rootLength[i]), proof.subarray(rows.rootLength[i])]
      const known = new Map(nodes.map((node) => [bytesToHex(keccak256(node)), node]))
      const store: NodeStore = { node: (hash) => known.get(bytesToHex(hash)) }
      const path = nibbles(hexToBytes(rows.key[i])).subarray(0, rows.keyLength[i])
      const trie = openTrie(hexToBytes(rows.root[i]))
      // A trie does not know the length of its keys; only the proof of a secure trie does.
      if (rows.error[i] === 'PathLength') continue
      for (const value of [new Uint8Array(0), Uint8Array.of(1)]) {
        expect(() => set(store, trie, path, value), rows.name[i]).toThrow(TrieError)
      }
      expect(() => get(store, trie, path), rows.name[i]).toThrow(TrieError)
      refused.add(rows.error[i])
    }
    expect(refused.size).toBe(12)
  })
})
