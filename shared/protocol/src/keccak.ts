import { createKeccak } from 'hash-wasm'
import { bytesToHex } from './bytes.ts'
import type { Hash } from './types/hex.ts'

// One reused instance: about eight times faster than a pure JavaScript keccak. Calls are synchronous and never interleave.
const hasher = await createKeccak(256)

/** keccak256 of `bytes`, 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return hasher.init().update(bytes).digest('binary')
}

/** keccak256 of `bytes` as hex. */
export function keccak256Hex(bytes: Uint8Array): Hash {
  return bytesToHex(keccak256(bytes))
}
