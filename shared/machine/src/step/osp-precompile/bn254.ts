import { bn254 } from '@noble/curves/bn254.js'
import { padded, readInteger, wordBytes, writeWord } from '../../state/words.ts'
import type { Precompile } from './types.ts'

const { G1, G2, fields } = bn254
type G1Point = InstanceType<typeof G1.Point>
type G2Point = InstanceType<typeof G2.Point>

/** Addition (EIP-196), priced by EIP-1108. */
export const bn254Add: Precompile = {
  price: () => 150,
  run: attempt((input) => encode(readG1(padded(input, 0, 128), 0).add(readG1(padded(input, 0, 128), 64)))),
}

/** Multiplication (EIP-196), priced by EIP-1108. */
export const bn254Mul: Precompile = {
  price: () => 6_000,
  run: attempt((input) => {
    const data = padded(input, 0, 96)
    const point = readG1(data, 0)
    const scalar = readInteger(data, 64, 32) % fields.Fr.ORDER
    return encode(scalar === 0n ? G1.Point.ZERO : point.multiplyUnsafe(scalar))
  }),
}

/** Whether the product of pairings is one (EIP-197), priced by EIP-1108. */
export const bn254Pairing: Precompile = {
  price: (input) => 45_000 + 34_000 * Math.floor(input.length / 192),
  run: attempt((input) => {
    if (input.length % 192 !== 0) return undefined
    const pairs: { g1: G1Point; g2: G2Point }[] = []
    for (let at = 0; at < input.length; at += 192) {
      const g1 = readG1(input, at)
      const g2 = readG2(input, at + 64)
      if (!g1.is0() && !g2.is0()) pairs.push({ g1, g2 })
    }
    const isOne = pairs.length === 0 || fields.Fp12.eql(bn254.pairingBatch(pairs), fields.Fp12.ONE)
    return wordBytes(isOne ? 1n : 0n)
  }),
}

/** The library throws for points that are none. */
function attempt(run: (input: Uint8Array) => Uint8Array | undefined): Precompile['run'] {
  return (input) => {
    try {
      return run(input)
    } catch {
      return undefined
    }
  }
}

function coordinate(input: Uint8Array, offset: number): bigint {
  const value = readInteger(input, offset, 32)
  if (value >= fields.Fp.ORDER) throw new RangeError('not in the field')
  return value
}

function readG1(input: Uint8Array, offset: number): G1Point {
  const x = coordinate(input, offset)
  const y = coordinate(input, offset + 32)
  if (x === 0n && y === 0n) return G1.Point.ZERO
  const point = G1.Point.fromAffine({ x, y })
  point.assertValidity()
  return point
}

/** The imaginary part stands first. */
function readG2(input: Uint8Array, offset: number): G2Point {
  const [x1, x0, y1, y0] = [0, 32, 64, 96].map((at) => coordinate(input, offset + at)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  if (x0 === 0n && x1 === 0n && y0 === 0n && y1 === 0n) return G2.Point.ZERO
  const point = G2.Point.fromAffine({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } })
  point.assertValidity()
  return point
}

function encode(point: G1Point): Uint8Array {
  const output = new Uint8Array(64)
  if (point.is0()) return output
  const { x, y } = point.toAffine()
  writeWord(output, 0, x)
  writeWord(output, 32, y)
  return output
}
