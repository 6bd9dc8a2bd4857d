import fc from 'fast-check'
import { encodePacked, keccak256, toRlp } from 'viem'
import { getL2TransactionHash } from 'viem/op-stack'
import { describe, expect, it } from 'vitest'
import {
  aliasAddress,
  bytesToHex,
  createTree,
  decodeOpaqueData,
  depositHash,
  depositSourceHash,
  depositTransactionHash,
  hexToBytes,
  opDepositAlias,
} from '../src/index.ts'
import { oracleHash, readVectors, rowsOf } from './support.ts'

const vectors = readVectors('deposits.json')
const deposits = rowsOf(vectors.deposits).map((row) => ({
  ...row,
  index: BigInt(row.index),
  to: row.isCreation ? undefined : row.to,
  target: row.to,
  mint: BigInt(row.mint),
  value: BigInt(row.value),
  gasLimit: BigInt(row.gasLimit),
  data: hexToBytes(row.data),
  dataHex: row.data,
}))

describe('deposits', () => {
  it.each(deposits)('match their definition: $index', (row) => {
    const words = [
      row.index,
      row.from,
      row.target,
      row.isCreation,
      row.mint,
      row.value,
      row.gasLimit,
      keccak256(row.dataHex),
    ]
    expect(row.hash).toBe(
      oracleHash('deposit', 'uint64, address, address, bool, uint256, uint256, uint64, bytes32', words),
    )
    expect(depositHash(row)).toBe(row.hash)
    expect(row.sourceHash).toBe(oracleHash('depositSource', 'address, uint64', [vectors.portal, row.index]))
    expect(depositSourceHash(vectors.portal, row.index)).toBe(row.sourceHash)
    expect(keccak256(row.transaction)).toBe(row.transactionHash)
    expect(depositTransactionHash(row, vectors.portal)).toBe(row.transactionHash)
    const integer = (value: bigint) =>
      value === 0n
        ? '0x'
        : (`0x${value.toString(16).padStart(2 * Math.ceil(value.toString(16).length / 2), '0')}` as const)
    const fields = [
      row.sourceHash,
      row.from,
      row.to ?? '0x',
      integer(row.mint),
      integer(row.value),
      integer(row.gasLimit),
      '0x',
      row.dataHex,
    ]
    expect(row.transaction).toBe(`0x7e${toRlp(fields).slice(2)}`)
  })

  it('have a tree over all of them', () => {
    expect(createTree(deposits.map((row) => row.hash)).root()).toBe(vectors.root)
  })

  it.each(deposits)("have the alias that viem's op-stack actions look for: $index", (row) => {
    const opaqueData = encodePacked(
      ['uint256', 'uint256', 'uint64', 'bool', 'bytes'],
      [row.mint, row.value, row.gasLimit, row.isCreation, row.dataHex],
    )
    const log = {
      blockHash: vectors.l1BlockHash,
      logIndex: row.l1LogIndex,
      args: { from: row.from, to: row.target, version: 0n, opaqueData },
    }
    const expected = getL2TransactionHash({ log: log as never })
    expect(row.opAlias).toBe(expected)
    expect(opDepositAlias(vectors.l1BlockHash, row.l1LogIndex, row)).toBe(expected)
    const decoded = decodeOpaqueData(hexToBytes(opaqueData))
    expect({ ...decoded, data: bytesToHex(decoded.data) }).toEqual({
      mint: row.mint,
      value: row.value,
      gasLimit: row.gasLimit,
      isCreation: row.isCreation,
      data: row.dataHex,
    })
  })

  it('refuse opaque data that no version-0 event carries', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const valid = bytes.length >= 73 && bytes[72]! <= 1
        if (valid) expect(decodeOpaqueData(bytes).data.length).toBe(bytes.length - 73)
        else expect(() => decodeOpaqueData(bytes)).toThrow(expect.objectContaining({ code: 'BAD_OPAQUE_DATA' }))
      }),
    )
  })

  it('alias contracts as the OP Stack does', () => {
    for (const { address, alias } of rowsOf(vectors.aliases)) {
      const sum = (BigInt(address) + 0x1111000000000000000000000000000000001111n) % 2n ** 160n
      expect(aliasAddress(address)).toBe(alias)
      expect(BigInt(alias)).toBe(sum)
    }
  })
})
