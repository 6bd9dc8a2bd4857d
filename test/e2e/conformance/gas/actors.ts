import {
  type Address,
  type Authorization,
  encodeTransaction,
  privateKeyToAddress,
  signTransaction,
  type UnsignedTransaction,
} from '@crema/protocol'
import { config } from './block.ts'
import { word } from './keys.ts'

/** Somebody who signs. */
export interface Wallet {
  readonly key: Uint8Array
  readonly address: Address
}

export function wallet(seed: number): Wallet {
  const key = word(2n ** 248n + BigInt(seed))
  return { key, address: privateKeyToAddress(key) }
}

/** Fields of a transaction that matter here. */
export interface Call {
  readonly nonce: bigint
  readonly to?: Address
  readonly gasLimit: bigint
  readonly value?: bigint
  readonly data?: Uint8Array
  readonly accessList?: readonly { readonly address: Address; readonly storageKeys: readonly `0x${string}`[] }[]
  readonly authorizationList?: readonly Authorization[]
}

/** A signed transaction, of type 4 if it has authorizations, else 2. */
export function signed(from: Wallet, call: Call): Uint8Array {
  const { authorizationList, ...rest } = call
  const fees = { chainId: config.chainId, maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }
  const common = { value: 0n, data: new Uint8Array(0), accessList: [], ...fees, ...rest }
  const transaction =
    authorizationList === undefined ? { type: 2, ...common } : { type: 4, ...common, authorizationList }
  return encodeTransaction(signTransaction(transaction as unknown as UnsignedTransaction, from.key))
}

/** The address with this number. */
export function address(value: number | bigint): Address {
  return `0x${BigInt(value).toString(16).padStart(40, '0')}`
}

/** Bytes that look like nothing and never hold a zero: the dearest call data. */
export function noise(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed | 1
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 0x6d2b79f5) + 0x3c6ef372) | 0
    bytes[i] = state >>> 24 || 1
  }
  return bytes
}
