import { bytesToHex, encodeReceipt, logsBloom, type Receipt } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { absorb, finish } from '../../src/commit/sponge.ts'
import type { BlockBody, MachineLog } from '../../src/state/machine.ts'
import { addressBytes, wordBytes } from '../../src/state/words.ts'
import { indexAt, leafPlace } from '../../src/step/osp-seal/key-order.ts'
import { leafRef } from '../../src/step/osp-seal/open-trie.ts'
import { logHead, logsSize, receiptHasher } from '../../src/step/osp-seal/receipt-stream.ts'
import { LOG_PIECE } from '../../src/step/sizes.ts'
import { randomBytes, randomSource } from '../trie/support.ts'

const random = randomSource(11)
const lengths = [0, 1, 2, 31, 55, 56, 255, 256, 4_095, 4_096, 4_097, 8_192, 8_193, 20_000]

function machineLog(topics: number, data: Uint8Array): MachineLog {
  return {
    address: BigInt(bytesToHex(randomBytes(random, 20))),
    topics: Array.from({ length: topics }, () => BigInt(bytesToHex(randomBytes(random, 32)))),
    data,
  }
}

function receipt(type: number, gas: bigint, logs: readonly MachineLog[]): Receipt {
  const plain = logs.map(({ address, topics, data }) => ({
    address: bytesToHex(addressBytes(address)),
    topics: topics.map((topic) => bytesToHex(wordBytes(topic))),
    data: bytesToHex(data),
  }))
  return {
    type,
    status: gas % 2n === 0n ? 1 : 0,
    cumulativeGasUsed: gas,
    logsBloom: logsBloom(plain),
    logs: plain,
    gasUsed: 1n,
    effectiveGasPrice: 1n,
    contractAddress: undefined,
  }
}

function block(records: readonly (readonly MachineLog[])[]): { body: BlockBody; records: (readonly MachineLog[])[] } {
  const types = [0, 1, 2, 4, 0x7e]
  const receipts = records.map((logs, i) => receipt(types[i % 5]!, 21_000n * BigInt(i * i * i + 1), logs))
  return { body: { transactions: [], receipts, skipped: [] }, records: [...records] }
}

const sets: readonly (readonly MachineLog[])[] = [
  ...lengths.map((length) => [machineLog(length % 5, randomBytes(random, length))]),
  [machineLog(1, Uint8Array.of(0x7f))],
  [machineLog(2, Uint8Array.of(0x80))],
  lengths.map((length) => machineLog(length % 4, randomBytes(random, length))),
  Array.from({ length: 40 }, (_, i) => machineLog(i % 5, randomBytes(random, i))),
]

describe("the stream of a receipt's leaf", () => {
  const m = block(sets)
  const count = sets.length

  it.each(sets.map((_, position) => position))(
    'hashes to the leaf at position %i, from every micro-op on',
    (position) => {
      const index = indexAt(position, count)
      const logs = m.records[index]!
      const expected = bytesToHex(
        leafRef(leafPlace(position, count), encodeReceipt(m.body.receipts[index]!)).subarray(1),
      )
      for (const [log, { data }] of logs.entries()) {
        const rest = logs.slice(log + 1).flatMap((next) => [logHead(next), next.data])
        const begun = receiptHasher(m, position, log)
        for (const bytes of [logHead(logs[log]!), data, ...rest]) absorb(begun, bytes)
        expect(bytesToHex(finish(begun))).toBe(expected)
        for (let left = data.length - LOG_PIECE; left > 0; left -= LOG_PIECE) {
          const within = receiptHasher(m, position, log, left)
          for (const bytes of [data.subarray(data.length - left), ...rest]) absorb(within, bytes)
          expect(bytesToHex(finish(within))).toBe(expected)
        }
      }
    },
  )

  it('does not depend on what was asked before', () => {
    const position = Array.from({ length: count }, (_, i) => i).find(
      (i) => m.records[indexAt(i, count)]!.length === 14,
    )!
    const fresh = receiptHasher({ ...m, body: { ...m.body } }, position, 12)
    receiptHasher(m, position, 13, 20_000 - 2 * LOG_PIECE)
    expect(receiptHasher(m, position, 12)).toEqual(fresh)
    receiptHasher(m, 0, 0)
    expect(receiptHasher(m, position, 12)).toEqual(fresh)
    absorb(receiptHasher(m, position, 12), Uint8Array.of(1))
    expect(receiptHasher(m, position, 12)).toEqual(fresh)
  })

  it('counts the bytes of the logs', () => {
    for (const [i, logs] of sets.entries()) {
      const { type, ...fields } = m.body.receipts[i]!
      const with0 = encodeReceipt({ ...fields, type: 0, logs: [] }).length
      const whole = encodeReceipt({ ...fields, type: 0 }).length
      const headers = (size: number) => (size <= 55 ? 0 : size < 256 ? 1 : size < 65_536 ? 2 : 3)
      // The list's own header grows, and, from one to another length of length, that of the receipt.
      const receiptHeader = (length: number) => (length < 260 ? 2 : length < 65_540 ? 3 : 4) - 3
      expect(whole - with0).toBe(logsSize(logs) + headers(logsSize(logs)) + receiptHeader(whole))
    }
  })
})
