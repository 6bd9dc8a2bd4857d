import { DecodeError } from '../errors.ts'
import { decodeRlp, type RlpItem, rlpBytes, rlpInteger, rlpList } from '../rlp.ts'
import { type Signature, secp256k1HalfOrder, secp256k1Order } from '../secp256k1.ts'
import type {
  AccessListTransaction,
  FeeMarketTransaction,
  LegacyTransaction,
  OrderedTransaction,
  SetCodeTransaction,
} from '../types/transaction.ts'
import { decodeAccessList, decodeAddress, decodeAuthorizations, decodeTo } from './rlp-fields.ts'

/**
 * Decodes a transaction that a sequencer may order, by the grammar of docs/protocol/transactions.md: types 0, 1, 2, 4 in the one
 * canonical encoding. `data` is a view of `raw`. Throws {@link DecodeError}: `UNSUPPORTED_TYPE`, `BAD_SIGNATURE` for values of v, r
 * or s that no signature has, another code for anything else that the grammar does not allow.
 */
export function decodeTransaction(raw: Uint8Array): OrderedTransaction {
  const type = raw[0]
  if (type === undefined) throw new DecodeError('RLP_TRUNCATED', 'an empty transaction')
  if (type >= 0xc0) return decodeLegacy(decodeRlp(raw))
  if (type >= 0x80)
    throw new DecodeError('RLP_NOT_LIST', 'neither a list nor a transaction type', { details: { type } })
  if (type === 1) return decodeAccessListTransaction(decodeRlp(raw.subarray(1)))
  if (type === 2) return decodeFeeMarketTransaction(decodeRlp(raw.subarray(1)))
  if (type === 4) return decodeSetCodeTransaction(decodeRlp(raw.subarray(1)))
  throw new DecodeError('UNSUPPORTED_TYPE', `transaction type ${type} is not supported`, { details: { type } })
}

function decodeLegacy(item: RlpItem): LegacyTransaction {
  const [nonce, gasPrice, gasLimit, to, value, data, v, r, s] = rlpList(item, 9)
  const fields = {
    type: 0,
    nonce: rlpInteger(nonce, 8),
    gasPrice: rlpInteger(gasPrice, 32),
    gasLimit: rlpInteger(gasLimit, 8),
    to: decodeTo(to),
    value: rlpInteger(value, 32),
    data: rlpBytes(data),
  } as const
  const vValue = rlpInteger(v, 32)
  const { chainId, parity } = readV(vValue)
  return { ...fields, chainId, v: vValue, ...decodeSignature(parity, r, s) }
}

function decodeAccessListTransaction(item: RlpItem): AccessListTransaction {
  const [chainId, nonce, gasPrice, gasLimit, to, value, data, accessList, yParity, r, s] = rlpList(item, 11)
  return {
    type: 1,
    chainId: rlpInteger(chainId, 32),
    nonce: rlpInteger(nonce, 8),
    gasPrice: rlpInteger(gasPrice, 32),
    gasLimit: rlpInteger(gasLimit, 8),
    to: decodeTo(to),
    value: rlpInteger(value, 32),
    data: rlpBytes(data),
    accessList: decodeAccessList(accessList),
    ...decodeSignature(rlpInteger(yParity, 32), r, s),
  }
}

function decodeFeeMarketTransaction(item: RlpItem): FeeMarketTransaction {
  const [chainId, nonce, tip, feeCap, gasLimit, to, value, data, accessList, yParity, r, s] = rlpList(item, 12)
  return {
    type: 2,
    chainId: rlpInteger(chainId, 32),
    nonce: rlpInteger(nonce, 8),
    maxPriorityFeePerGas: rlpInteger(tip, 32),
    maxFeePerGas: rlpInteger(feeCap, 32),
    gasLimit: rlpInteger(gasLimit, 8),
    to: decodeTo(to),
    value: rlpInteger(value, 32),
    data: rlpBytes(data),
    accessList: decodeAccessList(accessList),
    ...decodeSignature(rlpInteger(yParity, 32), r, s),
  }
}

function decodeSetCodeTransaction(item: RlpItem): SetCodeTransaction {
  const [chainId, nonce, tip, feeCap, gasLimit, to, value, data, accessList, authorizations, yParity, r, s] = rlpList(
    item,
    13,
  )
  return {
    type: 4,
    chainId: rlpInteger(chainId, 32),
    nonce: rlpInteger(nonce, 8),
    maxPriorityFeePerGas: rlpInteger(tip, 32),
    maxFeePerGas: rlpInteger(feeCap, 32),
    gasLimit: rlpInteger(gasLimit, 8),
    to: decodeAddress(to),
    value: rlpInteger(value, 32),
    data: rlpBytes(data),
    accessList: decodeAccessList(accessList),
    authorizationList: decodeAuthorizations(authorizations),
    ...decodeSignature(rlpInteger(yParity, 32), r, s),
  }
}

/** Chain id and parity of a legacy `v`: 27 or 28 without a chain id, from 35 on `chainId * 2 + 35 + yParity` (EIP-155). */
function readV(v: bigint): { chainId: bigint | undefined; parity: bigint } {
  if (v >= 35n) return { chainId: (v - 35n) / 2n, parity: (v - 35n) % 2n }
  if (v === 27n || v === 28n) return { chainId: undefined, parity: v - 27n }
  throw new DecodeError('BAD_SIGNATURE', 'v is neither 27, 28 nor at least 35', { details: { v } })
}

function decodeSignature(parity: bigint, rItem: RlpItem | undefined, sItem: RlpItem | undefined): Signature {
  const r = rlpInteger(rItem, 32)
  const s = rlpInteger(sItem, 32)
  if (parity > 1n) throw new DecodeError('BAD_SIGNATURE', 'yParity is neither 0 nor 1', { details: { parity } })
  if (r === 0n || r >= secp256k1Order) throw new DecodeError('BAD_SIGNATURE', 'r is out of range', { details: { r } })
  if (s === 0n || s > secp256k1HalfOrder)
    throw new DecodeError('BAD_SIGNATURE', 's is 0 or above n / 2', { details: { s } })
  return { r, s, yParity: parity === 1n ? 1 : 0 }
}
