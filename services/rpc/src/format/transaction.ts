import type { Address, BlockTransaction, DecodedTransaction, Hash } from '@crema/protocol'
import { bytesToHex } from '@crema/protocol'
import { toQuantity } from './quantity.ts'

/** Where a transaction stands; undefined for one that waits. */
export interface TransactionPlace {
  readonly blockHash: Hash
  readonly blockNumber: bigint
  readonly blockTimestamp: bigint
  readonly index: number
  /** Wei; undefined before EIP-1559. */
  readonly baseFee: bigint | undefined
}

/** A transaction as JSON, field for field as op-geth gives it. */
export function formatTransaction(transaction: BlockTransaction, place?: TransactionPlace) {
  return formatFields(transaction.hash, transaction.from, transaction.decoded, place)
}

function formatFields(hash: Hash, from: Address, decoded: DecodedTransaction, place?: TransactionPlace) {
  return {
    blockHash: place?.blockHash ?? null,
    blockNumber: place === undefined ? null : toQuantity(place.blockNumber),
    ...(place === undefined ? {} : { blockTimestamp: toQuantity(place.blockTimestamp) }),
    from,
    gas: toQuantity(decoded.gasLimit),
    hash,
    input: bytesToHex(decoded.data),
    nonce: decoded.type === 0x7e ? '0x0' : toQuantity(decoded.nonce),
    to: decoded.to ?? null,
    transactionIndex: place === undefined ? null : toQuantity(place.index),
    value: toQuantity(decoded.value),
    type: toQuantity(decoded.type),
    ...formatPrice(decoded, place?.baseFee),
    ...formatTyped(decoded),
    ...formatSignature(decoded),
  }
}

/** Price fields; `gasPrice` of a dynamic-fee transaction is what it paid, or its fee cap while it waits. */
function formatPrice(decoded: DecodedTransaction, baseFee: bigint | undefined) {
  if (decoded.type === 0x7e) return { gasPrice: '0x0' }
  if (decoded.type === 0 || decoded.type === 1) return { gasPrice: toQuantity(decoded.gasPrice) }
  return {
    gasPrice: toQuantity(baseFee === undefined ? decoded.maxFeePerGas : effectivePrice(decoded, baseFee)),
    maxFeePerGas: toQuantity(decoded.maxFeePerGas),
    maxPriorityFeePerGas: toQuantity(decoded.maxPriorityFeePerGas),
  }
}

function effectivePrice(fees: { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }, baseFee: bigint): bigint {
  const price = baseFee + fees.maxPriorityFeePerGas
  return price < fees.maxFeePerGas ? price : fees.maxFeePerGas
}

function formatTyped(decoded: DecodedTransaction) {
  if (decoded.type === 0x7e) {
    return { sourceHash: decoded.sourceHash, mint: toQuantity(decoded.mint), isSystemTx: false }
  }
  if (decoded.type === 0) return decoded.chainId === undefined ? {} : { chainId: toQuantity(decoded.chainId) }
  return {
    chainId: toQuantity(decoded.chainId),
    accessList: decoded.accessList,
    ...(decoded.type === 4 ? { authorizationList: decoded.authorizationList.map(formatAuthorization) } : {}),
  }
}

function formatAuthorization(item: Extract<DecodedTransaction, { type: 4 }>['authorizationList'][number]) {
  return {
    chainId: toQuantity(item.chainId),
    address: item.address,
    nonce: toQuantity(item.nonce),
    yParity: toQuantity(item.yParity),
    r: toQuantity(item.r),
    s: toQuantity(item.s),
  }
}

function formatSignature(decoded: DecodedTransaction) {
  if (decoded.type === 0x7e) return { v: '0x0', r: '0x0', s: '0x0' }
  const rs = { r: toQuantity(decoded.r), s: toQuantity(decoded.s) }
  if (decoded.type === 0) return { v: toQuantity(decoded.v), ...rs }
  return { v: toQuantity(decoded.yParity), ...rs, yParity: toQuantity(decoded.yParity) }
}
