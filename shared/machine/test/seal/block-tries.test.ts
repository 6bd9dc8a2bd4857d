import { bytesToHex, encodeReceipt, keccak256Hex, type Receipt } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { emptyRoot, indexTrieRoot } from '../../src/index.ts'
import type { BlockBody } from '../../src/state/machine.ts'
import {
  receiptsBefore,
  receiptsRoot,
  transactionsBefore,
  transactionsRoot,
} from '../../src/step/osp-seal/block-tries.ts'
import { indexAt, leafPlace } from '../../src/step/osp-seal/key-order.ts'
import { addLeaf, emptyOpenTrie, leafRef, openTrieHash } from '../../src/step/osp-seal/open-trie.ts'
import { address } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'

function makeBody(count: number): BlockBody {
  const random = randomSource(count + 1)
  const raws = Array.from({ length: count }, () => randomBytes(random, 16 + (random() % 200)))
  const receipts = raws.map<Receipt>((_, i) => ({
    type: i % 3,
    status: 1,
    cumulativeGasUsed: BigInt(21_000 * (i + 1)),
    logsBloom: bytesToHex(randomBytes(random, 256)),
    logs: [],
    gasUsed: 21_000n,
    effectiveGasPrice: 0n,
    contractAddress: undefined,
  }))
  const from = address(1)
  const decoded = { type: 0x7e } as BlockBody['transactions'][number]['decoded']
  return { transactions: raws.map((raw) => ({ hash: keccak256Hex(raw), raw, decoded, from })), receipts, skipped: [] }
}

describe("the tries of a block's body", () => {
  it.each([1, 2, 17, 128, 129, 300])('come to the roots of its header (%i transactions)', (count) => {
    const body = makeBody(count)
    expect(transactionsRoot(body)).toEqual(indexTrieRoot(body.transactions.map(({ raw }) => raw)))
    expect(receiptsRoot(body)).toEqual(indexTrieRoot(body.receipts.map(encodeReceipt)))
  })

  it('are empty without transactions', () => {
    const body = makeBody(0)
    expect(transactionsRoot(body)).toEqual(emptyRoot)
    expect(receiptsRoot(body)).toEqual(emptyRoot)
    expect(transactionsBefore(body, 0)).toEqual(emptyOpenTrie)
  })

  it('are at every position what the leaves before make them, in whatever order they are asked for', () => {
    const count = 150
    const [body, other] = [makeBody(count), makeBody(count)]
    let open = emptyOpenTrie
    const hashes = Array.from({ length: count }, (_, position) => {
      const hash = bytesToHex(openTrieHash(open))
      const place = leafPlace(position, count)
      open = addLeaf(open, place, leafRef(place, body.transactions[indexAt(position, count)]!.raw)).open
      return hash
    })
    const at = (from: BlockBody, position: number) => bytesToHex(openTrieHash(transactionsBefore(from, position)))
    expect(hashes.map((_, position) => at(body, position))).toEqual(hashes)
    for (const position of [149, 3, 77, 0, 128, 127]) expect(at(other, position)).toBe(hashes[position])
    expect(at(makeBody(count), 100)).toBe(hashes[100])
    // Receipts have a trie of their own.
    expect(openTrieHash(receiptsBefore(body, 100))).not.toEqual(openTrieHash(transactionsBefore(body, 100)))
  })
})
