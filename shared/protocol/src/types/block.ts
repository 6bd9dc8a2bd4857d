import type { Address, Hash, Hex } from './hex.ts'
import type { DecodedTransaction } from './transaction.ts'

/** An Ethereum block header; the optional tail exists from the fork that introduced it on (L2 blocks have all of it). */
export interface BlockHeader {
  readonly parentHash: Hash
  readonly sha3Uncles: Hash
  readonly miner: Address
  readonly stateRoot: Hash
  readonly transactionsRoot: Hash
  readonly receiptsRoot: Hash
  readonly logsBloom: Hex
  readonly difficulty: bigint
  readonly number: bigint
  readonly gasLimit: bigint
  readonly gasUsed: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly extraData: Hex
  readonly mixHash: Hash
  readonly nonce: Hex
  /** Wei. */
  readonly baseFeePerGas?: bigint
  readonly withdrawalsRoot?: Hash
  readonly blobGasUsed?: bigint
  readonly excessBlobGas?: bigint
  readonly parentBeaconBlockRoot?: Hash
  readonly requestsHash?: Hash
}

/** A log as a receipt holds it. */
export interface Log {
  readonly address: Address
  readonly topics: readonly Hash[]
  readonly data: Hex
}

/** A transaction's outcome: consensus fields first, then what can be derived only while executing. */
export interface Receipt {
  readonly type: number
  /** 1 success, 0 failure. */
  readonly status: 0 | 1
  readonly cumulativeGasUsed: bigint
  readonly logsBloom: Hex
  readonly logs: readonly Log[]
  readonly gasUsed: bigint
  /** Wei; 0 for deposits. */
  readonly effectiveGasPrice: bigint
  /** Address of the contract that the transaction created. */
  readonly contractAddress: Address | undefined
}

/** A transaction as it stands in a block. */
export interface BlockTransaction {
  readonly hash: Hash
  /** Canonical encoding: `type ‖ rlp`, or rlp for legacy transactions. */
  readonly raw: Uint8Array
  readonly decoded: DecodedTransaction
  readonly from: Address
}

/** An ordered entry that execution skipped: no receipt, no state change. */
export interface SkippedTransaction {
  /** Position in the payload. */
  readonly entryIndex: number
  /** keccak256 of the entry's bytes. */
  readonly hash: Hash
  readonly reason: SkipReason
  /** What was compared, for people. */
  readonly detail: string
}

/** Why an ordered entry is skipped; the first that applies, in this order (docs/protocol/transactions.md). */
export const skipReasons = [
  'too-many-entries',
  'too-large',
  'unsupported-type',
  'undecodable',
  'bad-signature',
  'wrong-chain-id',
  'gas-limit-above-cap',
  'intrinsic-gas-too-low',
  'initcode-too-large',
  'tip-above-fee-cap',
  'gas-limit-exceeds-block',
  'fee-cap-below-base-fee',
  'sender-not-eoa',
  'nonce-too-low',
  'nonce-too-high',
  'nonce-max',
  'insufficient-funds',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** Everything that executing one L2 block produces. */
export interface L2Block {
  readonly hash: Hash
  readonly header: BlockHeader
  readonly transactions: readonly BlockTransaction[]
  readonly receipts: readonly Receipt[]
  readonly skipped: readonly SkippedTransaction[]
}
