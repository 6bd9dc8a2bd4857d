import { createMPT } from '@ethereumjs/mpt'
import { RLP } from '@ethereumjs/rlp'
import { describe, expect, it } from 'vitest'
import {
  bloomMayHold,
  bytesToHex,
  type ConsensusReceipt,
  decodeHeader,
  decodeReceipt,
  encodeReceipt,
  type Hex,
  hexToBytes,
  keccak256Hex,
  type Log,
  logsBloom,
  unionBloom,
} from '../src/index.ts'
import { chainBlocks, recordedResults } from './ethereum-data.ts'

interface Reported {
  readonly type: Hex
  readonly status: Hex
  readonly cumulativeGasUsed: Hex
  readonly logsBloom: Hex
  readonly logs: readonly Log[]
  readonly blockNumber: Hex
}

const fromReported = (receipt: Reported): ConsensusReceipt => ({
  type: Number(receipt.type),
  status: receipt.status === '0x1' ? 1 : 0,
  cumulativeGasUsed: BigInt(receipt.cumulativeGasUsed),
  logsBloom: receipt.logsBloom,
  logs: receipt.logs.map(({ address, topics, data }) => ({ address, topics, data })),
})

describe('receipts', () => {
  const headers = chainBlocks().map((block) => decodeHeader(block.headerRlp))
  const headerOf = (number: Hex) => headers.find((header) => header.number === BigInt(number))!

  async function receiptsRoot(receipts: readonly ConsensusReceipt[]): Promise<Hex> {
    const trie = await createMPT()
    for (const [i, receipt] of receipts.entries()) await trie.put(RLP.encode(i), encodeReceipt(receipt))
    return bytesToHex(trie.root())
  }

  it('of a real block make its receipts root and bloom', async () => {
    const [reported] = recordedResults<Reported[]>('eth_getBlockReceipts/get-block-receipts-latest.io')
    const receipts = reported!.map(fromReported)
    const header = headerOf(reported![0]!.blockNumber)
    expect(await receiptsRoot(receipts)).toBe(header.receiptsRoot)
    expect(unionBloom(receipts.map((receipt) => receipt.logsBloom))).toBe(header.logsBloom)
  })

  it.each(['blob-tx', 'dynamic-fee', 'legacy-contract', 'legacy-input', 'legacy-receipt', 'setcode-tx'])(
    'of a real transaction has the bloom of its logs: %s',
    (name) => {
      const [reported] = recordedResults<Reported>(`eth_getTransactionReceipt/get-${name}.io`)
      const receipt = fromReported(reported!)
      expect(logsBloom(receipt.logs)).toBe(receipt.logsBloom)
      expect(decodeReceipt(encodeReceipt(receipt))).toEqual(receipt)
    },
  )

  it('lead to real logs by the blooms of their blocks', () => {
    const files = ['contract-addr', 'topic-exact-match', 'topic-wildcard', 'filter-with-blockHash-and-topics']
    const logs = files.flatMap((name) => recordedResults<(Log & Reported)[]>(`eth_getLogs/${name}.io`)).flat()
    expect(logs.length).toBeGreaterThan(3)
    let absent = 0
    for (const log of logs) {
      const { logsBloom } = headerOf(log.blockNumber)
      for (const value of [log.address, ...log.topics]) expect(bloomMayHold(logsBloom, value)).toBe(true)
      if (!bloomMayHold(logsBloom, keccak256Hex(hexToBytes(log.address)))) absent++
    }
    expect(absent).toBeGreaterThan(0)
  })

  it('of every type round trip', () => {
    const log = { address: `0x${'11'.repeat(20)}`, topics: [keccak256Hex(Uint8Array.of(1))], data: '0x00' } as const
    for (const type of [0, 1, 2, 3, 4, 0x7e]) {
      for (const status of [0, 1] as const) {
        const receipt = { type, status, cumulativeGasUsed: 2n ** 40n, logsBloom: logsBloom([log]), logs: [log] }
        expect(decodeReceipt(encodeReceipt(receipt))).toEqual(receipt)
        const fields = [
          status,
          receipt.cumulativeGasUsed,
          receipt.logsBloom,
          [[log.address, [...log.topics], log.data]],
        ]
        const prefix = type === 0 ? [] : [type]
        expect([...encodeReceipt(receipt)]).toEqual([...prefix, ...RLP.encode(fields)])
      }
    }
  })

  it('refuse unknown types, statuses and shapes', () => {
    const body = encodeReceipt({ type: 2, status: 1, cumulativeGasUsed: 1n, logsBloom: logsBloom([]), logs: [] })
    for (const type of [0, 5, 0x7f, 0x80]) {
      expect(() => decodeReceipt(body.with(0, type))).toThrow(expect.objectContaining({ code: 'UNKNOWN_RECEIPT_TYPE' }))
    }
    expect(() => decodeReceipt(body.with(4, 2))).toThrow(expect.objectContaining({ code: 'BAD_STATUS' }))
    expect(() => decodeReceipt(body.subarray(0, -1))).toThrow(expect.objectContaining({ name: 'DecodeError' }))
    expect(() => decodeReceipt(new Uint8Array(0))).toThrow(expect.objectContaining({ code: 'UNKNOWN_RECEIPT_TYPE' }))
    const topics = Array.from({ length: 5 }, () => keccak256Hex(new Uint8Array(0)))
    const log = { address: `0x${'11'.repeat(20)}`, topics, data: '0x' } as const
    const tooMany = encodeReceipt({
      type: 0,
      status: 1,
      cumulativeGasUsed: 1n,
      logsBloom: logsBloom([log]),
      logs: [log],
    })
    expect(() => decodeReceipt(tooMany)).toThrow(expect.objectContaining({ code: 'TOO_MANY_TOPICS' }))
  })
})
