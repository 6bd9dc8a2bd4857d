import { bytesToHex, concatBytes, keccak256 } from '@crema/protocol'
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import type { NodeStore, TrieCommit } from '../../src/index.ts'

/** A store of nodes in memory that counts its reads. */
export interface MapStore extends NodeStore {
  readonly nodes: Map<string, Uint8Array>
  reads: number
  add(commit: TrieCommit): Uint8Array
}

export function mapStore(): MapStore {
  const nodes = new Map<string, Uint8Array>()
  return {
    nodes,
    reads: 0,
    node(hash) {
      this.reads++
      return nodes.get(bytesToHex(hash).slice(2))
    },
    add(commit) {
      for (const [hash, bytes] of commit.nodes) nodes.set(hash, bytes)
      return commit.root
    },
  }
}

/** A store that holds exactly the nodes of a proof, and the number of them. */
export function proofStore(proof: Uint8Array): MapStore {
  const store = mapStore()
  for (let offset = 0; offset < proof.length; ) {
    const end = offset + nodeLength(proof, offset)
    const node = proof.subarray(offset, end)
    store.nodes.set(bytesToHex(keccak256(node)).slice(2), node)
    offset = end
  }
  return store
}

function nodeLength(bytes: Uint8Array, offset: number): number {
  const prefix = bytes[offset]!
  if (prefix <= 0xf7) return 1 + prefix - 0xc0
  const size = prefix - 0xf7
  return 1 + size + Number(bytesToHex(bytes.subarray(offset + 1, offset + 1 + size)))
}

/** The library's trie over nodes in memory, without key hashing. */
export function libraryTrie(): MerklePatriciaTrie {
  return new MerklePatriciaTrie({ useKeyHashing: false, useNodePruning: false })
}

/** The library's proof as ours: its inline nodes dropped, the rest in one string. */
export async function libraryProof(trie: MerklePatriciaTrie, key: Uint8Array): Promise<Uint8Array> {
  const { stack } = await trie.findPath(key)
  const nodes = stack.map((node) => node.serialize())
  return concatBytes(...nodes.filter((node, i) => i === 0 || node.length >= 32))
}

/** A generator of repeatable integers below 2^32 (mulberry32). */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
}

export function randomBytes(random: () => number, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random() & 255)
}
