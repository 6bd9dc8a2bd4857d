import { limits } from './constants.ts'
import { hashWords } from './hash.ts'
import { keccak256Hex } from './keccak.ts'
import { merkleProof, merkleRoot } from './merkle.ts'
import { tags } from './tags.ts'
import type { Hash } from './types/hex.ts'

/** One entry of a lane block's payload: what claims to be a transaction. */
export interface PayloadEntry {
  readonly index: number
  /** Bytes. */
  readonly length: number
  /** A view of the payload, not a copy. */
  readonly bytes: Uint8Array
}

/** `uint32 big-endian length ‖ raw` for each. An empty raw would end the payload where it stands. */
export function encodePayload(raws: readonly Uint8Array[]): Uint8Array {
  const payload = new Uint8Array(raws.reduce((size, raw) => size + 4 + raw.length, 0))
  const view = new DataView(payload.buffer)
  let offset = 0
  for (const raw of raws) {
    view.setUint32(offset, raw.length)
    payload.set(raw, offset + 4)
    offset += 4 + raw.length
  }
  return payload
}

/**
 * Entries of any payload, by rule, never an error: a length of 0 or beyond the remaining bytes ends it, entries past 4,094 are
 * ignored (docs/protocol/inbox.md).
 */
export function payloadEntries(payload: Uint8Array): PayloadEntry[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const entries: PayloadEntry[] = []
  let offset = 0
  while (entries.length < limits.maxEntries && payload.length - offset >= 4) {
    const length = view.getUint32(offset)
    const start = offset + 4
    if (length === 0 || length > payload.length - start) break
    entries.push({ index: entries.length, length, bytes: payload.subarray(start, start + length) })
    offset = start + length
  }
  return entries
}

/** Leaf `index` of the entry tree. */
export function entryLeaf(entry: PayloadEntry): Hash {
  return hashWords(tags.txEntry, entry.index, entry.length, keccak256Hex(entry.bytes))
}

/** Root of the entry tree of a payload, depth 12; `z[12]` without entries. */
export function txRoot(payload: Uint8Array): Hash {
  return merkleRoot(payloadEntries(payload).map(entryLeaf), limits.entryTreeDepth)
}

/** 12 siblings of entry `index`, from the leaf up, under {@link txRoot}. */
export function entryProof(entries: readonly PayloadEntry[], index: number): Hash[] {
  return merkleProof(entries.map(entryLeaf), limits.entryTreeDepth, index)
}
