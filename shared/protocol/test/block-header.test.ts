import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BlockHeader,
  bytesToHex,
  decodeHeader,
  decodeRlp,
  encodeHeader,
  encodeRlp,
  headerRlpHash,
  integerToRlp,
  keccak256Hex,
  rlpList,
} from '../src/index.ts'
import { chainBlocks, recordedResults } from './ethereum-data.ts'

describe('block headers', () => {
  const headers = chainBlocks().map((block) => block.headerRlp)

  it('of a real chain round trip, hash right and link up', () => {
    expect(headers.length).toBeGreaterThan(50)
    let parent: string | undefined
    const sizes = new Set<number>()
    for (const rlp of headers) {
      const header = decodeHeader(rlp)
      sizes.add(Object.keys(header).length)
      expect(bytesToHex(encodeHeader(header))).toBe(bytesToHex(rlp))
      if (parent !== undefined) expect(header.parentHash).toBe(parent)
      parent = headerRlpHash(header)
      expect(parent).toBe(keccak256Hex(rlp))
    }
    expect(sizes).toContain(21)
    expect(sizes.size).toBeGreaterThan(1)
  })

  it('have the fields that a node reports', () => {
    const [reported] = recordedResults<Record<string, string>>('eth_getBlockByNumber/get-latest.io')
    const header = decodeHeader(headers.at(-1)!)
    expect(headerRlpHash(header)).toBe(reported!.hash)
    for (const [name, value] of Object.entries(header)) {
      const shown = reported![name]!
      if (typeof value === 'bigint') expect(BigInt(shown)).toBe(value)
      else expect(shown).toBe(value)
    }
  })

  it('may end at any fork', () => {
    const full = decodeHeader(headers.at(-1)!)
    const names = Object.keys(full) as (keyof BlockHeader)[]
    for (let count = 15; count <= 21; count++) {
      const header = Object.fromEntries(
        names.slice(0, count).map((name) => [name, full[name]]),
      ) as unknown as BlockHeader
      expect(decodeHeader(encodeHeader(header))).toEqual(header)
    }
    const { baseFeePerGas: _, ...gap } = full
    expect(() => encodeHeader(gap)).toThrow(expect.objectContaining({ code: 'HEADER_GAP' }))
  })

  it('refuse another number or width of fields', () => {
    const items = rlpList(decodeRlp(headers.at(-1)!))
    expect(() => decodeHeader(encodeRlp(items.slice(0, 14)))).toThrow(
      expect.objectContaining({ code: 'RLP_LIST_LENGTH' }),
    )
    expect(() => decodeHeader(encodeRlp([...items, new Uint8Array(0)]))).toThrow(
      expect.objectContaining({ code: 'RLP_LIST_LENGTH' }),
    )
    fc.assert(
      fc.property(fc.nat(20), (position) => {
        const extraData = position === 12
        const wide = encodeRlp(items.with(position, new Uint8Array(300).fill(1)))
        if (extraData) expect(decodeHeader(wide).extraData.length).toBe(602)
        else expect(() => decodeHeader(wide)).toThrow(expect.objectContaining({ name: 'DecodeError' }))
        expect(() => decodeHeader(encodeRlp(items.with(position, [])))).toThrow(
          expect.objectContaining({ code: 'RLP_NOT_BYTES' }),
        )
      }),
    )
    expect(() => decodeHeader(encodeRlp(items.with(8, integerToRlp(2n ** 64n))))).toThrow(
      expect.objectContaining({ code: 'INTEGER_RANGE' }),
    )
  })
})
