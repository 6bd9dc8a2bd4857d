import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  concatBytes,
  encodePayload,
  entryLeaf,
  entryProof,
  hexToBytes,
  keccak256Hex,
  limits,
  payloadEntries,
  rootOf,
  txRoot,
} from '../src/index.ts'
import { oracleHash, oracleRoot, readVectors, rowsOf } from './support.ts'

const raws = fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { maxLength: 20 })

describe('payload', () => {
  it.each(rowsOf(readVectors('payloads.json')))('vector: $name', (row) => {
    const payload = hexToBytes(row.payload)
    const entries = payloadEntries(payload)
    expect(keccak256Hex(payload)).toBe(row.payloadHash)
    expect(entries.length).toBe(row.txCount)
    expect(entries.slice(0, 17).map((entry) => entry.length)).toEqual(row.lengths)
    const leaves = entries
      .slice(0, 40)
      .map((entry) =>
        oracleHash('txEntry', 'uint256, uint256, bytes32', [entry.index, entry.length, keccak256Hex(entry.bytes)]),
      )
    expect(leaves.slice(0, 17)).toEqual(row.leaves)
    expect(txRoot(payload)).toBe(row.txRoot)
    if (entries.length <= 40) expect(oracleRoot(leaves, 12)).toBe(row.txRoot)
  })

  it('gives back what was encoded, with a proof of each entry', () => {
    fc.assert(
      fc.property(raws, (items) => {
        const payload = encodePayload(items)
        const entries = payloadEntries(payload)
        expect(entries.map((entry) => Buffer.from(entry.bytes))).toEqual(items.map((item) => Buffer.from(item)))
        for (const entry of entries)
          expect(rootOf(entryLeaf(entry), entry.index, entryProof(entries, entry.index))).toBe(txRoot(payload))
      }),
      { numRuns: 30 },
    )
  })

  it('ignores any tail that ends the payload, and reads any bytes by the rule', () => {
    fc.assert(
      fc.property(raws, fc.uint8Array({ maxLength: 40 }), (items, tail) => {
        const ended = concatBytes(encodePayload(items), new Uint8Array(4), tail)
        expect(payloadEntries(ended).length).toBe(items.length)
        const entries = payloadEntries(tail)
        const consumed = entries.reduce((size, entry) => size + 4 + entry.length, 0)
        expect(Buffer.from(encodePayload(entries.map((entry) => entry.bytes)))).toEqual(
          Buffer.from(tail.subarray(0, consumed)),
        )
        const rest = tail.subarray(consumed)
        const next = rest.length < 4 ? 0 : new DataView(rest.buffer, rest.byteOffset).getUint32(0)
        expect(next === 0 || next > rest.length - 4).toBe(true)
      }),
    )
  })

  it('reads views that do not start at the beginning of their buffer', () => {
    const payload = encodePayload([Uint8Array.of(1, 2, 3)])
    const shifted = concatBytes(Uint8Array.of(9, 9, 9), payload).subarray(3)
    expect(txRoot(shifted)).toBe(txRoot(payload))
  })

  it('reads a payload at the cap in bounded time', () => {
    const ones = encodePayload(Array.from({ length: Math.floor(limits.maxPayloadSize / 5) }, () => Uint8Array.of(1)))
    expect(payloadEntries(ones).length).toBe(limits.maxEntries)
  })
})
