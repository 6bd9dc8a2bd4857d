import { bytesToHex, hexToBytes } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { integerToRlp, type RlpItem, rlpBytes, rlpFixed, rlpInteger, rlpList } from '../rlp.ts'
import type { Address, Hash } from '../types/hex.ts'
import type { AccessListEntry, Authorization } from '../types/transaction.ts'

/** `to` as RLP carries it: empty for a creation. */
export function encodeTo(to: Address | undefined): Uint8Array {
  return to === undefined ? new Uint8Array(0) : hexToBytes(to)
}

/** Reads `to`. Throws {@link DecodeError} unless it is empty or 20 bytes. */
export function decodeTo(item: RlpItem | undefined): Address | undefined {
  return rlpBytes(item).length === 0 ? undefined : decodeAddress(item)
}

/** Reads an address. Throws {@link DecodeError} unless it is 20 bytes. */
export function decodeAddress(item: RlpItem | undefined): Address {
  return bytesToHex(rlpFixed(item, 20))
}

/** Reads 32 bytes. Throws {@link DecodeError} for any other length. */
export function decodeHash(item: RlpItem | undefined): Hash {
  return bytesToHex(rlpFixed(item, 32))
}

/** EIP-2930 access list as RLP. */
export function encodeAccessList(list: readonly AccessListEntry[]): RlpItem {
  return list.map((entry) => [hexToBytes(entry.address), entry.storageKeys.map(hexToBytes)])
}

/** Reads an EIP-2930 access list. Throws {@link DecodeError} for any other shape or width. */
export function decodeAccessList(item: RlpItem | undefined): AccessListEntry[] {
  return rlpList(item).map((entry) => {
    const [address, keys] = rlpList(entry, 2)
    return { address: decodeAddress(address), storageKeys: rlpList(keys).map(decodeHash) }
  })
}

/** EIP-7702 authorization list as RLP. */
export function encodeAuthorizations(list: readonly Authorization[]): RlpItem {
  return list.map((tuple) => [
    integerToRlp(tuple.chainId),
    hexToBytes(tuple.address),
    integerToRlp(tuple.nonce),
    integerToRlp(tuple.yParity),
    integerToRlp(tuple.r),
    integerToRlp(tuple.s),
  ])
}

/**
 * Reads an EIP-7702 authorization list within the bounds that make a transaction valid: chain id, r, s < 2^256, nonce < 2^64,
 * yParity < 2^8, not empty. Throws {@link DecodeError} otherwise. A tuple's signature is judged when it is executed.
 */
export function decodeAuthorizations(item: RlpItem | undefined): Authorization[] {
  const list = rlpList(item)
  if (list.length === 0)
    throw new DecodeError('EMPTY_AUTHORIZATION_LIST', 'a set-code transaction authorizes something')
  return list.map((tuple) => {
    const [chainId, address, nonce, yParity, r, s] = rlpList(tuple, 6)
    return {
      chainId: rlpInteger(chainId, 32),
      address: decodeAddress(address),
      nonce: rlpInteger(nonce, 8),
      yParity: rlpInteger(yParity, 1),
      r: rlpInteger(r, 32),
      s: rlpInteger(s, 32),
    }
  })
}
