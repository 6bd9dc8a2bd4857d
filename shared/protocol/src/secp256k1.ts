import secp256k1 from 'secp256k1'
import { bigIntToBytes, bytesToBigInt, bytesToHex, concatBytes, hexToBytes } from './bytes.ts'
import { CremaError } from './errors.ts'
import { keccak256 } from './keccak.ts'
import type { Address, Hash, Hex } from './types/hex.ts'

/** Order n of the curve. */
export const secp256k1Order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
/** n / 2: a signature with a greater s is malleable and refused (EIP-2). */
export const secp256k1HalfOrder = secp256k1Order / 2n

/** An ECDSA signature that its signer can be recovered from. */
export interface Signature {
  readonly r: bigint
  readonly s: bigint
  readonly yParity: 0 | 1
}

/** Deterministic (RFC 6979) low-s signature of a 32-byte digest. Throws {@link CremaError} `BAD_PRIVATE_KEY`. */
export function sign(digest: Hash, privateKey: Uint8Array): Signature {
  assertPrivateKey(privateKey)
  const { signature, recid } = secp256k1.ecdsaSign(hexToBytes(digest), privateKey)
  return {
    r: bytesToBigInt(signature.subarray(0, 32)),
    s: bytesToBigInt(signature.subarray(32)),
    yParity: recid & 1 ? 1 : 0,
  }
}

/** Signer of `digest`, or undefined when r or s is not in [1, n) or no point has this r. Accepts high s: callers check it. */
export function recoverAddress(digest: Hash, signature: Signature): Address | undefined {
  const { r, s, yParity } = signature
  if (r <= 0n || r >= secp256k1Order || s <= 0n || s >= secp256k1Order) return undefined
  return recoverRaw(hexToBytes(digest), concatBytes(bigIntToBytes(r, 32), bigIntToBytes(s, 32)), yParity)
}

/** Address of a 32-byte private key. Throws {@link CremaError} `BAD_PRIVATE_KEY`. */
export function privateKeyToAddress(privateKey: Uint8Array): Address {
  assertPrivateKey(privateKey)
  return addressOf(secp256k1.publicKeyCreate(privateKey, false))
}

/** 64 bytes of EIP-2098: r ‖ (yParity << 255 | s). Throws {@link CremaError} `BAD_PRIVATE_KEY`. */
export function signDigest(digest: Hash, privateKey: Uint8Array): Hex {
  const { r, s, yParity } = sign(digest, privateKey)
  return bytesToHex(concatBytes(bigIntToBytes(r, 32), bigIntToBytes((BigInt(yParity) << 255n) | s, 32)))
}

/** Signer of an EIP-2098 signature; undefined unless it is 64 bytes with r in [1, n) and s in [1, n/2] of a point on the curve. */
export function recoverDigest(digest: Hash, signature: Uint8Array): Address | undefined {
  if (signature.length !== 64) return undefined
  const r = bytesToBigInt(signature.subarray(0, 32))
  const vs = bytesToBigInt(signature.subarray(32))
  const s = vs & ((1n << 255n) - 1n)
  if (s > secp256k1HalfOrder) return undefined
  return recoverAddress(digest, { r, s, yParity: vs >> 255n === 1n ? 1 : 0 })
}

function recoverRaw(digest: Uint8Array, signature: Uint8Array, recoveryId: number): Address | undefined {
  try {
    return addressOf(secp256k1.ecdsaRecover(signature, recoveryId, digest, false))
  } catch {
    return undefined
  }
}

/** Address of an uncompressed public key of 65 bytes. */
function addressOf(publicKey: Uint8Array): Address {
  return bytesToHex(keccak256(publicKey.subarray(1)).subarray(12))
}

function assertPrivateKey(privateKey: Uint8Array): void {
  if (privateKey.length !== 32 || !secp256k1.privateKeyVerify(privateKey)) {
    throw new CremaError('BAD_PRIVATE_KEY', 'not a private key of secp256k1')
  }
}
