import { describe, expect, it } from 'vitest'
import { createTree, inboxLeafHash, prevRandao } from '../src/index.ts'
import { type Json, oracleHash, readVectors, rowsOf } from './support.ts'

describe('inbox leaves', () => {
  const vectors = readVectors('inbox-leaves.json')
  const types =
    'uint8, uint64, uint64, uint64, bytes32, uint64, uint256, bytes32, bytes32, uint64, bytes32, uint64, uint64, bytes32'

  it('match the vectors, and the vectors their definition', () => {
    const hashes = rowsOf(vectors.leaves).map(({ hash, ...row }) => {
      const words = Object.values(row).map((value: Json) =>
        typeof value === 'string' && value.length === 66 && !isInteger(row, value) ? value : BigInt(value),
      )
      expect(hash).toBe(oracleHash('inboxLeaf', types, words))
      const names = Object.keys(row)
      expect(
        inboxLeafHash(
          Object.fromEntries(names.map((name, i) => [name, name === 'kind' ? Number(words[i]) : words[i]])) as never,
        ),
      ).toBe(hash)
      return hash
    })
    expect(createTree(hashes).root()).toBe(vectors.root)
  })

  it('derive prevRandao from the origin and the seed', () => {
    for (const { mixHash, seed, result } of rowsOf(vectors.prevRandao)) {
      expect(result).toBe(oracleHash('prevRandao', 'bytes32, uint64', [mixHash, BigInt(seed)]))
      expect(prevRandao(mixHash, BigInt(seed))).toBe(result)
    }
  })
})

/** The base fee is the one integer that may have 64 digits. */
function isInteger(row: Record<string, unknown>, value: string): boolean {
  return row.originBaseFee === value
}
