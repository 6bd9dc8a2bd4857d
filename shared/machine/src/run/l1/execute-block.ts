import {
  type BlockHeader,
  bytesToHex,
  encodeReceipt,
  type Hash,
  hexToBytes,
  type L2ChainConfig,
  type StateReader,
  type StateWrites,
  unionBloom,
} from '@crema/protocol'
import { credit } from '../../state/accounts.ts'
import { MachineError } from '../../state/errors.ts'
import type { Machine, SealedHeader } from '../../state/machine.ts'
import type { Rules } from '../../state/rules.ts'
import { indexTrieRoot } from '../../trie/index-trie.ts'
import { createMachine } from '../create-machine.ts'
import { runBegin, runEntry } from '../segments.ts'
import { takeWrites } from '../take-writes.ts'
import { collectRequests } from './requests.ts'

/** A plain Ethereum block, as its producer states it. Its header is not validated: that is not the machine's to judge. */
export interface L1Block {
  readonly parent: SealedHeader
  readonly header: BlockHeader
  /** Wei per blob gas. */
  readonly blobBaseFee: bigint
  readonly transactions: readonly Uint8Array[]
  /** EIP-4895; amounts in gwei. */
  readonly withdrawals: readonly { readonly address: bigint; readonly amount: bigint }[]
}

/** What the block comes to, for comparison with its header. */
export interface L1BlockResult
  extends Pick<
    BlockHeader,
    'stateRoot' | 'transactionsRoot' | 'receiptsRoot' | 'logsBloom' | 'gasUsed' | 'blobGasUsed' | 'requestsHash'
  > {
  readonly writes: StateWrites
}

const EMPTY_BLOOM = `0x${'00'.repeat(256)}` as const
const NO_HASH: Hash = `0x${'00'.repeat(32)}`
const GWEI = 10n ** 9n
const BLOB_GAS = 131_072n
/** Blobs of a block (EIP-7691). */
const MAX_BLOBS = 9

/** The base fee is the header's, so these are never used. */
const config: L2ChainConfig = {
  chainId: 1n,
  blockGasLimit: 0n,
  minBaseFee: 0n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}

/**
 * Executes a block under rule set `l1`: EIP-4788, EIP-2935, transactions, withdrawals, requests. Throws `MachineError` `INVALID_TRANSACTION`,
 * `TOO_MANY_BLOBS`, `SYSTEM_CALL_FAILED` or `BAD_DEPOSIT_LOG` for a block that Ethereum refuses, and what a store that lacks something makes it throw.
 */
export function executeL1Block(rules: Rules, state: StateReader, block: L1Block): L1BlockResult {
  const { parent } = block
  const m = createMachine(rules, state, hexToBytes(parent.stateRoot))
  begin(m, block)
  const blobs = runTransactions(m, block.transactions)
  for (const { address, amount } of block.withdrawals) credit(m, address, amount * GWEI)
  const requestsHash = collectRequests(m)
  const { body, b } = m
  const { root, nodes, codes } = takeWrites(m)
  return {
    stateRoot: bytesToHex(root),
    transactionsRoot: bytesToHex(indexTrieRoot(body.transactions.map(({ raw }) => raw))),
    receiptsRoot: bytesToHex(indexTrieRoot(body.receipts.map(encodeReceipt))),
    logsBloom: body.receipts.length === 0 ? EMPTY_BLOOM : unionBloom(body.receipts.map(({ logsBloom }) => logsBloom)),
    gasUsed: b.cumulativeGas,
    blobGasUsed: BLOB_GAS * BigInt(blobs),
    requestsHash,
    writes: { nodes, codes },
  }
}

/** Returns the number of blobs. */
function runTransactions(m: Machine, transactions: readonly Uint8Array[]): number {
  let blobs = 0
  for (const [index, bytes] of transactions.entries()) {
    runEntry(m, { index, bytes })
    const skip = m.body.skipped[0]
    if (skip !== undefined) {
      throw new MachineError('INVALID_TRANSACTION', `transaction ${index}: ${skip.reason}`, { details: { ...skip } })
    }
    blobs += m.t.blobs?.hashes.length ?? 0
  }
  if (blobs > MAX_BLOBS) throw new MachineError('TOO_MANY_BLOBS', `the block carries ${blobs} blobs`)
  return blobs
}

/** The begin of a block of rule set `l2` writes what Ethereum's does; then section B is the header's. */
function begin(m: Machine, { parent, header, blobBaseFee }: L1Block): void {
  const { number, timestamp, mixHash: prevRandao } = header
  const origin = { number: 0n, hash: header.parentBeaconBlockRoot ?? NO_HASH, timestamp: 0n, baseFee: 0n }
  const input = { number, timestamp, prevRandao, origin, deposits: [], payload: new Uint8Array(0) }
  runBegin(m, { parent, input, config, portal: header.miner })
  m.b.coinbase = BigInt(header.miner)
  m.b.gasLimit = header.gasLimit
  m.b.baseFee = header.baseFeePerGas ?? 0n
  m.b.blobBaseFee = blobBaseFee
}
