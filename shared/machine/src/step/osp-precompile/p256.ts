import { p256 } from '@noble/curves/nist.js'
import { readInteger, wordBytes } from '../../state/words.ts'
import type { Precompile } from './types.ts'

const nothing = new Uint8Array(0)
const { Fp, Fn } = p256.Point

/** Verification of a signature on secp256r1 (EIP-7951, Osaka): 1, or nothing. */
export const p256Verify: Precompile = {
  price: () => 6_900,
  run(input) {
    if (input.length !== 160) return nothing
    const [r, s, x, y] = [32, 64, 96, 128].map((at) => readInteger(input, at, 32)) as [bigint, bigint, bigint, bigint]
    if (r === 0n || r >= Fn.ORDER || s === 0n || s >= Fn.ORDER || x >= Fp.ORDER || y >= Fp.ORDER) return nothing
    return isSigned(input, x, y) ? wordBytes(1n) : nothing
  },
}

function isSigned(input: Uint8Array, x: bigint, y: bigint): boolean {
  try {
    const point = p256.Point.fromAffine({ x, y })
    point.assertValidity()
    const options = { lowS: false, prehash: false }
    return p256.verify(input.slice(32, 96), input.slice(0, 32), point.toBytes(false), options)
  } catch {
    return false
  }
}
