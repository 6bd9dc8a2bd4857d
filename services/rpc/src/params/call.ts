import type { AccessListEntry, Address, Authorization } from '@crema/protocol'
import { RpcError, rpcError, rpcErrors } from '../errors.ts'
import { address, bytes, count, hash, list, member, object, type Parser, quantity } from './primitives.ts'

/** A transaction or call as clients describe it; what they leave out is undefined. Fees in wei. */
export interface CallFields {
  readonly from: Address | undefined
  readonly to: Address | undefined
  readonly gas: bigint | undefined
  readonly gasPrice: bigint | undefined
  readonly maxFeePerGas: bigint | undefined
  readonly maxPriorityFeePerGas: bigint | undefined
  readonly value: bigint
  readonly nonce: bigint | undefined
  readonly data: Uint8Array
  readonly accessList: readonly AccessListEntry[] | undefined
  readonly authorizationList: readonly Authorization[] | undefined
  readonly chainId: bigint | undefined
  readonly type: number | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** Reads a call object. `input` and `data` mean the same; `to` may be null, empty or absent for a creation. */
export const call: Parser<CallFields> = (value, index) => {
  const fields = object(value, index)
  if (fields.blobVersionedHashes !== undefined || fields.blobs !== undefined || fields.maxFeePerBlobGas !== undefined) {
    throw rpcError('typeNotSupported', 'blob transactions are not part of this chain')
  }
  const read = <T>(name: string, parse: Parser<T>) => member(fields, name, index, parse)
  const result: CallFields = {
    from: read('from', address),
    to: readTo(fields, index),
    gas: read('gas', uint64) ?? read('gasLimit', uint64),
    gasPrice: read('gasPrice', quantity),
    maxFeePerGas: read('maxFeePerGas', quantity),
    maxPriorityFeePerGas: read('maxPriorityFeePerGas', quantity),
    value: read('value', quantity) ?? 0n,
    nonce: read('nonce', uint64),
    data: readData(fields, index),
    accessList: read('accessList', accessList),
    authorizationList: read('authorizationList', authorizationList),
    chainId: read('chainId', quantity),
    type: read('type', count),
  }
  checkFees(result)
  return result
}

const uint64: Parser<bigint> = (value, index) => {
  const result = quantity(value, index)
  if (result >> 64n !== 0n)
    throw new RpcError(rpcErrors.invalidParams.code, `invalid argument ${index}: hex number > 64 bits`)
  return result
}

function readTo(fields: Fields, index: number): Address | undefined {
  return fields.to === '' || fields.to === '0x' ? undefined : member(fields, 'to', index, address)
}

function readData(fields: Fields, index: number): Uint8Array {
  const input = member(fields, 'input', index, bytes)
  const data = member(fields, 'data', index, bytes)
  if (input !== undefined && data !== undefined && Buffer.compare(input, data) !== 0) {
    throw new RpcError(
      rpcErrors.invalidParams.code,
      `invalid argument ${index}: both "data" and "input" are set and not equal. Please use "input" to pass transaction call data`,
    )
  }
  return input ?? data ?? new Uint8Array(0)
}

function checkFees(fields: CallFields): void {
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = fields
  if (gasPrice !== undefined && (maxFeePerGas !== undefined || maxPriorityFeePerGas !== undefined)) {
    throw new RpcError(
      rpcErrors.invalidParams.code,
      'both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified',
    )
  }
  if (maxFeePerGas !== undefined && maxPriorityFeePerGas !== undefined && maxFeePerGas < maxPriorityFeePerGas) {
    throw rpcError('tipAboveFeeCap', `maxPriorityFeePerGas: ${maxPriorityFeePerGas}, maxFeePerGas: ${maxFeePerGas}`)
  }
}

const accessList: Parser<AccessListEntry[]> = list((value, index) => {
  const fields = object(value, index)
  return {
    address: address(fields.address, index),
    storageKeys: member(fields, 'storageKeys', index, list(hash, 10_000)) ?? [],
  }
}, 10_000)

const authorizationList: Parser<Authorization[]> = list((value, index) => {
  const fields = object(value, index)
  const yParity = member(fields, 'yParity', index, quantity) ?? member(fields, 'v', index, quantity) ?? 0n
  return {
    chainId: quantity(fields.chainId, index),
    address: address(fields.address, index),
    nonce: uint64(fields.nonce, index),
    yParity,
    r: quantity(fields.r, index),
    s: quantity(fields.s, index),
  }
}, 10_000)
