import { concatBytes, keccak256 } from '@crema/protocol'
import { proveRange } from '../commit/range-proof.ts'
import { BYTES_DEPTH, readWords, type WordTree, wordTree } from '../commit/word-tree.ts'
import { rootHash } from '../trie/hash.ts'
import type { NodeStore, Trie } from '../trie/node.ts'
import { proveGet, proveSet } from '../trie/prove.ts'

/** The way to what was read last in a trie. */
interface LastWalk {
  readonly root: Uint8Array
  readonly path: Uint8Array
  /** Length of the read's proof. */
  readonly length: number
}

/** Notes what is read under hashes that the machine itself does not hold: chains, frames, logs, records. */
export interface CommittedReads {
  /** The frame that runs again, as it was suspended: F's words ‖ packed ‖ stackHash ‖ memRoot. */
  caller(): void
  /** Leaf `index` of the tree of the transaction's logs, which is 0 behind the last, and its proof. */
  logLeaf(index: number): void
  /** Leaf `index` of the logs' tree, then the words of that log. */
  log(index: number): void
  /** The next item to be warmed and the chain behind it: isSlot, address, slot, rest. */
  warmItem(): void
  /** The next authorization and the chain behind it: chainId, address, nonce, yParity, r, s, rest. */
  authorization(): void
  /** The contract that destroyed itself last and the chain of those before: address, rest. */
  destroyed(): void
  /** The empty leaf of the records' tree that the next record takes, and its proof. */
  recordLeaf(): void
}

/** Notes what a micro-op reads, in its order: the tape of its proof (docs/protocol/machine.md, Proofs). */
export interface Witness {
  readonly tape: Uint8Array[]
  /** Trees of the buffers that are known; any other is made anew. */
  readonly trees: { get(buffer: ArrayBufferLike): { readonly tree: WordTree } | undefined }
  readonly committed: CommittedReads
  /** The last walk in the present world state, and in the storage of an account. */
  readonly last: { account: LastWalk | undefined; slot: LastWalk | undefined }
}

/** All that was noted, one after another. */
export function tapeOf({ tape }: Witness): Uint8Array {
  return concatBytes(...tape)
}

/** Notes bytes as they are: words, preimages, siblings. */
export function note(w: Witness, bytes: Uint8Array): void {
  w.tape.push(bytes.slice())
}

/** Notes `uint32 length ‖ bytes`. */
export function noteString(w: Witness, bytes: Uint8Array): void {
  w.tape.push(lengthOf(bytes), bytes.slice())
}

/** Notes `uint32 length ‖ keccak256(bytes)`. */
export function noteHashed(w: Witness, bytes: Uint8Array): void {
  w.tape.push(lengthOf(bytes), keccak256(bytes))
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return length
}

/** Notes code under its hash; nothing for the empty code. */
export function noteCode(w: Witness, code: Uint8Array): void {
  if (code.length > 0) noteString(w, code)
}

/** Notes `count` > 0 words of a tree from `first` on and their range proof. */
export function noteRange(w: Witness, tree: WordTree, depth: number, first: number, count: number): void {
  w.tape.push(readWords(tree, depth, first, count), proveRange(tree, depth, first, count))
}

/** Notes the words that hold `length` bytes of a buffer from `offset` on; nothing for none. Bytes beyond the buffer are zero. */
export function noteBytes(w: Witness, buffer: ArrayBufferLike, offset: number, length: number): void {
  if (length === 0) return
  const first = Math.floor(offset / 32)
  const end = Math.ceil((offset + length) / 32)
  // Memory that has grown is in a buffer that is not known, and must not be before it is written.
  const tree = w.trees.get(buffer)?.tree ?? wordTree(new Uint8Array(buffer))
  noteRange(w, tree, BYTES_DEPTH, first, end - first)
}

/** As {@link noteBytes}, of a slice: a view of a buffer under a word tree, clipped to its end. */
export function noteSlice(w: Witness, slice: Uint8Array, offset: number, length: number): void {
  const given = Math.max(0, Math.min(length, slice.length - offset))
  noteBytes(w, slice.buffer, slice.byteOffset + offset, given)
}

/** Notes a read of a trie. With `kind`, the walk is remembered, and not noted if it is the last one of this kind. */
export function noteRead(
  w: Witness,
  kind: 'account' | 'slot' | undefined,
  store: NodeStore,
  trie: Trie,
  path: Uint8Array,
): void {
  if (kind !== undefined && isLast(w, kind, trie, path)) return
  const proof = proveGet(store, trie, path)
  w.tape.push(proof)
  if (kind !== undefined) w.last[kind] = { root: rootHash(trie), path, length: proof.length }
}

/** Notes a write of a trie; after a read that is the last one of its kind, only what the write needs beyond that. An empty value removes. */
export function noteWrite(
  w: Witness,
  kind: 'account' | 'slot' | undefined,
  store: NodeStore,
  trie: Trie,
  path: Uint8Array,
  value: Uint8Array,
): void {
  const proof = proveSet(store, trie, path, value)
  const known = kind !== undefined && isLast(w, kind, trie, path) ? w.last[kind]!.length : 0
  w.tape.push(proof.subarray(known))
}

function isLast({ last }: Witness, kind: 'account' | 'slot', trie: Trie, path: Uint8Array): boolean {
  const walk = last[kind]
  return walk !== undefined && Buffer.compare(walk.path, path) === 0 && Buffer.compare(walk.root, rootHash(trie)) === 0
}
