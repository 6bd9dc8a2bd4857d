import type { Address, Hash } from './hex.ts'

/** EIP-2930 access list entry. */
export interface AccessListEntry {
  readonly address: Address
  readonly storageKeys: readonly Hash[]
}

/** EIP-7702 authorization. */
export interface Authorization {
  readonly chainId: bigint
  readonly address: Address
  readonly nonce: bigint
  readonly yParity: bigint
  readonly r: bigint
  readonly s: bigint
}

interface Common {
  readonly gasLimit: bigint
  /** Undefined creates a contract. */
  readonly to: Address | undefined
  readonly value: bigint
  readonly data: Uint8Array
}

interface Signed extends Common {
  readonly nonce: bigint
  /** 0 or 1. */
  readonly yParity: 0 | 1
  readonly r: bigint
  readonly s: bigint
}

export interface LegacyTransaction extends Signed {
  readonly type: 0
  /** Undefined: not replay-protected (before EIP-155). */
  readonly chainId: bigint | undefined
  /** As encoded: 27, 28 or chainId * 2 + 35 + yParity. */
  readonly v: bigint
  readonly gasPrice: bigint
}

export interface AccessListTransaction extends Signed {
  readonly type: 1
  readonly chainId: bigint
  readonly gasPrice: bigint
  readonly accessList: readonly AccessListEntry[]
}

export interface FeeMarketTransaction extends Signed {
  readonly type: 2
  readonly chainId: bigint
  readonly maxPriorityFeePerGas: bigint
  readonly maxFeePerGas: bigint
  readonly accessList: readonly AccessListEntry[]
}

export interface SetCodeTransaction extends Signed {
  readonly type: 4
  readonly to: Address
  readonly chainId: bigint
  readonly maxPriorityFeePerGas: bigint
  readonly maxFeePerGas: bigint
  readonly accessList: readonly AccessListEntry[]
  readonly authorizationList: readonly Authorization[]
}

/** `0x7e ‖ rlp[sourceHash, from, to, mint, value, gas, isSystemTx = 0, data]`; unsigned, made by the protocol alone. */
export interface DepositTransaction extends Common {
  readonly type: 0x7e
  readonly sourceHash: Hash
  readonly from: Address
  readonly mint: bigint
}

/** A transaction that a sequencer may order. */
export type OrderedTransaction = LegacyTransaction | AccessListTransaction | FeeMarketTransaction | SetCodeTransaction
/** Any transaction of an L2 block. */
export type DecodedTransaction = OrderedTransaction | DepositTransaction
