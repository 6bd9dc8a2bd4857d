import type { AccessListEntry, Authorization } from '@crema/protocol'
import type { Address } from '@ethereumjs/util'

/** A transaction's execution, all validity checks passed. */
export interface Message {
  readonly from: Address
  /** Undefined creates a contract. */
  readonly to: Address | undefined
  /** Gas bought, intrinsic gas included. */
  readonly gasLimit: bigint
  /** Charged before the first opcode. */
  readonly intrinsicGas: bigint
  /** Least gas charged at the end (EIP-7623); not refundable. */
  readonly floorGas: bigint
  /** Effective price per gas in wei, what GASPRICE reads. */
  readonly gasPrice: bigint
  /** Wei. */
  readonly value: bigint
  readonly data: Uint8Array
  readonly accessList: readonly AccessListEntry[]
  readonly authorizationList: readonly Authorization[]
}

/** A log as the library holds it: address, topics, data. */
export type RawLog = readonly [Uint8Array, readonly Uint8Array[], Uint8Array]

/** What a message did, before anyone is paid for its gas. */
export interface Outcome {
  readonly success: boolean
  /** After refund and floor. */
  readonly gasUsed: bigint
  readonly logs: readonly RawLog[]
  /** Returned or reverted bytes. */
  readonly output: Uint8Array
  /** Why it failed, in the library's words. */
  readonly error: string | undefined
  readonly createdAddress: Address | undefined
  /** Contracts that are deleted when the transaction ends (EIP-6780). */
  readonly destroyed: readonly string[]
}
