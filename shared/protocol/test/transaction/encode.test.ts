import { describe, expect, it } from 'vitest'
import {
  bytesToHex,
  classify,
  decodeTransaction,
  encodeTransaction,
  type Hex,
  transactionHash as hashOf,
  keccak256Hex,
  recoverSender,
} from '../../src/index.ts'
import { chainBlocks, recordedResults } from '../ethereum-data.ts'

describe('transactions of a real chain', () => {
  const raws = chainBlocks().flatMap((block) => block.transactions)

  it('round trip, but for blobs', () => {
    const types = new Map<string, number>()
    for (const raw of raws) {
      const type = raw[0]! >= 0xc0 ? 0 : raw[0]!
      const result = type === 3 ? 'blob' : `type ${type}`
      types.set(result, (types.get(result) ?? 0) + 1)
      if (type === 3) {
        expect(classify(raw, { chainId: 3503995874084926n })).toMatchObject({ skip: 'unsupported-type' })
        continue
      }
      const transaction = decodeTransaction(raw)
      expect(bytesToHex(encodeTransaction(transaction))).toBe(bytesToHex(raw))
      expect(hashOf(transaction)).toBe(keccak256Hex(raw))
      expect(recoverSender(transaction)).toBeDefined()
    }
    for (const name of ['type 0', 'type 1', 'type 2', 'type 4', 'blob']) expect(types.get(name)).toBeGreaterThan(0)
  })

  it('have the senders that a node reports', () => {
    const receipts = [
      'get-dynamic-fee',
      'get-legacy-contract',
      'get-legacy-input',
      'get-legacy-receipt',
      'get-setcode-tx',
    ]
    const names = [
      'eth_getTransactionByHash/get-access-list.io',
      'eth_getTransactionByHash/get-dynamic-fee.io',
      ...receipts.map((name) => `eth_getTransactionReceipt/${name}.io`),
    ]
    const reported = names.flatMap((name) =>
      recordedResults<{ hash?: Hex; transactionHash?: Hex; from: Hex; type: Hex }>(name),
    )
    const byHash = new Map(raws.map((raw) => [keccak256Hex(raw), raw]))
    expect(reported.length).toBe(names.length)
    for (const { hash, transactionHash, from, type } of reported) {
      const transaction = decodeTransaction(byHash.get(hash ?? transactionHash!)!)
      expect(transaction.type).toBe(Number(type))
      expect(recoverSender(transaction)).toBe(from)
    }
  })
})
