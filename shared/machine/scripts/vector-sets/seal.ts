import {
  bytesToHex,
  concatBytes,
  encodeHeader,
  encodeReceipt,
  type Hash,
  hexToBytes,
  keccak256,
  type L2ChainConfig,
  logsBloom,
  predeploys,
  type Receipt,
} from '@crema/protocol'
import { columns, noise, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import { hasherHash } from '../../src/commit/hasher.ts'
import { logWords } from '../../src/commit/log-leaf.ts'
import { createLogsTree, logsTotal } from '../../src/commit/logs-tree.ts'
import { recordWords } from '../../src/commit/record.ts'
import type { MachineLog } from '../../src/state/machine.ts'
import { addressBytes, wordBytes } from '../../src/state/words.ts'
import { nextBaseFee } from '../../src/step/osp-seal/base-fee.ts'
import { indexAt, leafPlace } from '../../src/step/osp-seal/key-order.ts'
import { addLeaf, emptyOpenTrie, leafRef, openTrieHash, openTrieWords } from '../../src/step/osp-seal/open-trie.ts'
import { receiptHasher, receiptHead } from '../../src/step/osp-seal/receipt-stream.ts'
import { LOG_PIECE } from '../../src/step/sizes.ts'
import { indexTrieRoot } from '../../src/trie/index-trie.ts'

/** What begins and seals a block: index tries leaf by leaf, leaves of receipts piece by piece, headers, base fees. */
export function sealVectors(): Vectors {
  return {
    tries: columns([1, 2, 3, 16, 17, 18, 127, 128, 129, 130, 200, 256, 257, 300].map(trieRow)),
    tall: columns([511, 512, 4_094].map(tallRow)),
    receipts: columns(receiptRows()),
    headers: columns([0n, 1n, 0x7fn, 0x80n, 0xffffn, 2n ** 63n].map(headerRow)),
    baseFees: columns(baseFeeRows()),
  }
}

/**
 * A trie of `count` values, each as `uint16 length ‖ bytes` in order of index; keccak256 of the open trie's hashes after each leaf but the last; the
 * words before position `at`.
 */
function trieRow(count: number) {
  const values = Array.from({ length: count }, (_, i) => {
    const seed = noise(`seal ${count} ${i}`, 64)
    return i % 16 === 5 ? noise(`long ${i}`, 300) : seed.subarray(0, 1 + (seed[0]! % 60))
  })
  const at = Math.floor((2 * count) / 3)
  const hashes: Uint8Array[] = []
  let open = emptyOpenTrie
  let words: readonly Uint8Array[] = []
  let root: Uint8Array | undefined
  for (let position = 0; position < count; position++) {
    if (position === at) words = openTrieWords(open)
    const place = leafPlace(position, count)
    ;({ open, root } = addLeaf(open, place, leafRef(place, values[indexAt(position, count)]!)))
    if (root === undefined) hashes.push(openTrieHash(open))
  }
  return {
    leaves: count,
    values: bytesToHex(concatBytes(...values.flatMap((value) => [uint(value.length, 2), value]))),
    at,
    words: bytesToHex(concatBytes(...words)),
    hashes: bytesToHex(keccak256(concatBytes(...hashes))),
    root: bytesToHex(root!),
  }
}

/** Root of a trie whose value i is keccak256 of i as a word. */
function tallRow(count: number) {
  const values = Array.from({ length: count }, (_, i) => keccak256(uint(i, 32)))
  return { leaves: count, root: bytesToHex(indexTrieRoot(values)) }
}

/**
 * A receipt's leaf at `position` of `leaves`: the words of its record and logs, the logs' data, each as `uint32 length ‖ bytes`, the head, keccak256 of the
 * hasher's hashes before each log and within its data, and the leaf's hash.
 */
function receiptRows() {
  const lengths = [0, 1, 2, 31, 55, 56, 255, 256, 4_095, 4_096, 4_097, 8_192, 8_193]
  const sets: MachineLog[][] = [
    [],
    ...lengths.map((length) => [machineLog(length % 5, noise(`data ${length}`, length))]),
    [machineLog(1, Uint8Array.of(0x7f))],
    [machineLog(2, Uint8Array.of(0x80))],
    Array.from({ length: 12 }, (_, i) => machineLog(i % 5, noise(`data ${i}`, 3 * i))),
  ]
  return sets.map((logs, i) => {
    const leaves = [1, 2, 17, 130, 300][i % 5]!
    const position = (i * 29) % leaves
    const receipt = receiptOf([0, 1, 2, 4, 0x7e][i % 5]!, 21_000n * BigInt(i ** 5 + 1), logs)
    const place = leafPlace(position, leaves)
    const leaf = leafRef(place, encodeReceipt(receipt)).subarray(1)
    return {
      leaves,
      position,
      record: bytesToHex(recordOf(receipt, logs)),
      logs: bytesToHex(concatBytes(...logs.map(logWords))),
      data: bytesToHex(concatBytes(...logs.flatMap(({ data }) => [uint(data.length, 4), data]))),
      head: bytesToHex(receiptHead(place, receipt, logs)),
      hashes: bytesToHex(keccak256(concatBytes(...hasherHashes(leaves, position, receipt, logs)))),
      leaf: bytesToHex(leaf),
    }
  })
}

function hasherHashes(leaves: number, position: number, receipt: Receipt, logs: MachineLog[]): Uint8Array[] {
  const index = indexAt(position, leaves)
  const receipts = Array.from<Receipt>({ length: leaves })
  const records = Array.from<MachineLog[]>({ length: leaves })
  receipts[index] = receipt
  records[index] = logs
  const m = { body: { transactions: [], receipts, skipped: [] }, records }
  return logs.flatMap(({ data }, log) => {
    const hashes = [hasherHash(receiptHasher(m, position, log))]
    for (let left = data.length - LOG_PIECE; left > 0; left -= LOG_PIECE)
      hashes.push(hasherHash(receiptHasher(m, position, log, left)))
    return hashes
  })
}

function recordOf(receipt: Receipt, logs: readonly MachineLog[]): Uint8Array {
  return recordWords({
    txHash: hexToBytes(word('transaction')),
    rawLength: 100,
    type: receipt.type,
    success: receipt.status === 1,
    cumulativeGas: receipt.cumulativeGasUsed,
    logCount: logs.length,
    logs: logsTotal(createLogsTree(), logs),
    bloom: hexToBytes(receipt.logsBloom),
  })
}

function receiptOf(type: number, cumulativeGasUsed: bigint, logs: readonly MachineLog[]): Receipt {
  const plain = logs.map(({ address, topics, data }) => ({
    address: bytesToHex(addressBytes(address)),
    topics: topics.map((topic) => bytesToHex(wordBytes(topic))),
    data: bytesToHex(data),
  }))
  return {
    type,
    status: logs.length % 2 === 0 ? 0 : 1,
    cumulativeGasUsed,
    logsBloom: logsBloom(plain),
    logs: plain,
    gasUsed: 0n,
    effectiveGasPrice: 0n,
    contractAddress: undefined,
  }
}

function machineLog(topics: number, data: Uint8Array): MachineLog {
  const text = `${topics} ${data.length}`
  return {
    address: BigInt(word(`address ${text}`)) >> 96n,
    topics: Array.from({ length: topics }, (_, i) => BigInt(word(`topic ${i} ${text}`))),
    data,
  }
}

/** An L2 header whose integers come from `n`. */
function headerRow(n: bigint) {
  const hash = (name: string): Hash => word(`${name} ${n}`)
  const header = {
    parentHash: hash('parent'),
    sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
    miner: predeploys.sequencerFeeVault,
    stateRoot: hash('state'),
    transactionsRoot: hash('transactions'),
    receiptsRoot: hash('receipts'),
    logsBloom: bytesToHex(noise(`bloom ${n}`, 256)),
    difficulty: 0n,
    number: n + 1n,
    gasLimit: 30_000_000n + n,
    gasUsed: n,
    timestamp: n * 2n,
    extraData: '0x',
    mixHash: hash('randao'),
    nonce: '0x0000000000000000',
    baseFeePerGas: n * n * n,
    withdrawalsRoot: hash('withdrawals'),
    blobGasUsed: 0n,
    excessBlobGas: 0n,
    parentBeaconBlockRoot: hash('origin'),
    requestsHash: '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  } as const
  const { parentHash, stateRoot, transactionsRoot, receiptsRoot, withdrawalsRoot } = header
  return {
    parentHash,
    stateRoot,
    transactionsRoot,
    receiptsRoot,
    withdrawalsRoot,
    bloom: header.logsBloom,
    number: header.number,
    gasLimit: header.gasLimit,
    gasUsed: header.gasUsed,
    timestamp: header.timestamp,
    prevRandao: header.mixHash,
    baseFee: header.baseFeePerGas,
    originHash: header.parentBeaconBlockRoot,
    rlp: bytesToHex(encodeHeader(header)),
  }
}

function baseFeeRows() {
  const chains = [
    { elasticityMultiplier: 2n, baseFeeChangeDenominator: 8n, minBaseFee: 1_000n },
    { elasticityMultiplier: 6n, baseFeeChangeDenominator: 250n, minBaseFee: 1n },
  ] as const
  return chains.flatMap((chain) =>
    [30_000_000n, 16_777_217n].flatMap((gasLimit) => {
      const target = gasLimit / chain.elasticityMultiplier
      return [0n, 1n, target - 1n, target, target + 1n, gasLimit - 1n, gasLimit].flatMap((gasUsed) =>
        [1n, 7n, 1_000n, 1_001n, 10n ** 9n, 10n ** 18n].map((current) => {
          const config: L2ChainConfig = { chainId: 1n, blockGasLimit: gasLimit, ...chain }
          const parent = { gasLimit, gasUsed, baseFeePerGas: current }
          return { gasLimit, gasUsed, current, ...chain, next: nextBaseFee(parent, config) }
        }),
      )
    }),
  )
}

function uint(value: number, size: number): Uint8Array {
  return hexToBytes(`0x${value.toString(16).padStart(2 * size, '0')}`)
}
