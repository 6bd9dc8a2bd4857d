import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, word } from '../scripts/vector-sets/columns.ts'
import { firstLaneTip, type LaneEntry, laneLeaf, laneProof, lanesRoot, laneTip, verifyLaneProof } from '../src/index.ts'
import { oracleHash, oracleRoot, readVectors, rowsOf } from './support.ts'

const entriesOf = (lanes: readonly number[]): LaneEntry[] =>
  [...new Set(lanes)]
    .sort((a, b) => a - b)
    .map((lane) => ({ lane: BigInt(lane), laneTip: word(`${lane}`), laneHeight: BigInt(lane) + 1n }))
const refusal = expect.objectContaining({ code: 'LANE_NOT_PROVEN' })

describe('lanes', () => {
  const vectors = readVectors('lanes.json')

  it('matches the vectors, and the vectors their definition', () => {
    for (const row of rowsOf(vectors.first)) {
      expect(row.tip).toBe(
        oracleHash('firstLaneTip', 'bytes32, uint64, address', [row.setId, BigInt(row.lane), row.inbox]),
      )
      expect(firstLaneTip({ ...row, lane: BigInt(row.lane) })).toBe(row.tip)
    }
    for (const row of rowsOf(vectors.tips)) {
      const input = {
        ...row,
        lane: BigInt(row.lane),
        sequencerHeight: BigInt(row.sequencerHeight),
        timestamp: BigInt(row.timestamp),
        originNumber: BigInt(row.originNumber),
      }
      const { lane, prevTip, sequencerHeight, timestamp, originNumber, originHash, payloadLength, payloadHash } = input
      const values = [lane, prevTip, sequencerHeight, timestamp, originNumber, originHash, payloadLength, payloadHash]
      expect(row.tip).toBe(
        oracleHash('laneTip', 'uint64, bytes32, uint64, uint64, uint64, bytes32, uint256, bytes32', values),
      )
      expect(laneTip(input)).toBe(row.tip)
    }
    const leaves = rowsOf(vectors.entries).map((row) => {
      const values = [BigInt(row.lane), row.laneTip, BigInt(row.laneHeight)]
      expect(row.leaf).toBe(oracleHash('laneLeaf', 'uint64, bytes32, uint64', values))
      return row.leaf
    })
    for (const { size, root } of rowsOf(vectors.roots)) {
      const depth = size === 0 ? 0 : Math.ceil(Math.log2(size))
      const top = oracleRoot(leaves.slice(0, size), depth)
      expect(root).toBe(oracleHash('lanesRoot', 'uint64, bytes32', [BigInt(size), top]))
    }
    for (const row of rowsOf(vectors.proofs)) {
      const proof = {
        ...row,
        laneHeight: BigInt(row.laneHeight),
        laneCount: BigInt(row.laneCount),
        index: BigInt(row.index),
      }
      expect(() => verifyLaneProof(BigInt(row.lane), proof, row.root)).not.toThrow()
    }
  })

  it('proves every lane and refuses every change', () => {
    const lanes = fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(lanes, fc.nat(), (numbers, pick) => {
        const entries = entriesOf(numbers)
        const { lane } = entries[pick % entries.length]!
        const root = lanesRoot(entries)
        const proof = laneProof(entries, lane)
        verifyLaneProof(lane, proof, root)
        const changed = [
          { ...proof, laneHeight: proof.laneHeight + 1n },
          { ...proof, laneTip: word('other') },
          { ...proof, laneCount: proof.laneCount + 1n },
          { ...proof, laneCount: proof.laneCount - 1n },
          { ...proof, laneCount: 2n ** 64n },
          { ...proof, index: proof.index + 1n },
          { ...proof, index: proof.index + proof.laneCount },
          { ...proof, index: -1n },
          { ...proof, siblings: [...proof.siblings, word('more')] },
          ...(proof.siblings.length > 0 ? [{ ...proof, siblings: proof.siblings.slice(1) }] : []),
        ]
        for (const each of changed) expect(() => verifyLaneProof(lane, each, root)).toThrow(refusal)
        expect(() => verifyLaneProof(lane + 1n, proof, root)).toThrow(refusal)
        expect(() => verifyLaneProof(lane, proof, word('another root'))).toThrow(refusal)
      }),
    )
  })

  it('refuses unsorted and repeated lanes and unknown ones', () => {
    const [first, second] = entriesOf([1, 2]) as [LaneEntry, LaneEntry]
    expect(() => lanesRoot([second, first])).toThrow(expect.objectContaining({ code: 'LANES_NOT_SORTED' }))
    expect(() => lanesRoot([first, first])).toThrow(expect.objectContaining({ code: 'LANES_NOT_SORTED' }))
    expect(() => laneProof([first, second], 3n)).toThrow(expect.objectContaining({ code: 'UNKNOWN_LANE' }))
    expect(laneLeaf(first)).not.toBe(laneLeaf(second))
    expect(firstLaneTip({ setId: word('s'), lane: 1n, inbox: account('a') })).not.toBe(
      firstLaneTip({ setId: word('s'), lane: 1n, inbox: account('b') }),
    )
  })
})
