import { bytesToHex, concatBytes, type Hex, hexToBytes } from '@crema/protocol'

/** Bytes of code from hex pieces, with or without prefix. */
export function code(...pieces: readonly string[]): Hex {
  return bytesToHex(concatBytes(...pieces.map((piece) => hexToBytes(`0x${piece.replace(/^0x/, '')}`))))
}

/** PUSH of an integer in as few bytes as it needs. */
export function push(value: bigint | number): string {
  const hex = BigInt(value).toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return (0x5f + even.length / 2).toString(16) + even
}

/** Initcode that deploys `runtime` (at most 255 bytes). */
export function initcode(runtime: Hex): Uint8Array {
  const size = (runtime.length - 2) / 2
  return hexToBytes(code(push(size), '600a', '5f', '39', push(size), '5f', 'f3', runtime))
}

/** Returns the word on top of the stack. */
export const returnWord = '5f5260205ff3'
/** Reverts without data. */
export const revert = '5f5ffd'
