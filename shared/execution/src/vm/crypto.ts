import { keccak256 } from '@crema/protocol'
import type { CustomCrypto } from '@ethereumjs/common'
import secp256k1 from 'secp256k1'
import { kzg } from './kzg.ts'

type EcSign = NonNullable<CustomCrypto['ecsign']>

/**
 * Primitives for @ethereumjs: keccak256 in WebAssembly and secp256k1 as native code, 12 and 20 times faster than the defaults, with
 * the same results and throws; and KZG, which has no default.
 */
export const fastCrypto: CustomCrypto = {
  keccak256,
  ecrecover: recoverPublicKey,
  ecsign: sign as EcSign,
  kzg,
}

/**
 * Public key (64 bytes) behind a signature. `v` is 0, 1, 27, 28 or, with `chainId`, EIP-155's. Throws for a signature without
 * key: zero or too large r or s, or a point that does not exist.
 */
export function recoverPublicKey(
  messageHash: Uint8Array,
  v: bigint,
  r: Uint8Array,
  s: Uint8Array,
  chainId?: bigint,
): Uint8Array {
  const recovery = v === 0n || v === 1n ? v : chainId === undefined ? v - 27n : v - (chainId * 2n + 35n)
  if (recovery !== 0n && recovery !== 1n) throw new RangeError(`signature v is ${v}`)
  const signature = new Uint8Array(64)
  signature.set(r, 32 - r.length)
  signature.set(s, 64 - s.length)
  return secp256k1.ecdsaRecover(signature, Number(recovery), messageHash, false).slice(1)
}

/** noble's `sign(…, { format: 'recovered' })`: recovery id ‖ r ‖ s. */
function sign(messageHash: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const { signature, recid } = secp256k1.ecdsaSign(messageHash, privateKey)
  const result = new Uint8Array(65)
  result[0] = recid
  result.set(signature, 1)
  return result
}
