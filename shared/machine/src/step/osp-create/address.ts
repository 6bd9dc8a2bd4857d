import { encodeRlp, integerToRlp, keccak256 } from '@crema/protocol'
import { addressBytes, readInteger, writeWord } from '../../state/words.ts'

/** Address of a contract made by CREATE or a transaction (yellow paper, 7). */
export function createAddress(creator: bigint, nonce: bigint): bigint {
  return readInteger(keccak256(encodeRlp([addressBytes(creator), integerToRlp(nonce)])), 12, 20)
}

/** Address of a contract made by CREATE2 (EIP-1014). */
export function create2Address(creator: bigint, salt: bigint, initcode: Uint8Array): bigint {
  const bytes = new Uint8Array(85)
  bytes[0] = 0xff
  bytes.set(addressBytes(creator), 1)
  writeWord(bytes, 21, salt)
  bytes.set(keccak256(initcode), 53)
  return readInteger(keccak256(bytes), 12, 20)
}
