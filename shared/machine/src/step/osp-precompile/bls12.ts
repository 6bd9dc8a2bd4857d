import { bls12_381 } from '@noble/curves/bls12-381.js'
import { readInteger, wordBytes, writeWord } from '../../state/words.ts'
import { g1MsmPrice, g2MsmPrice } from './bls12-price.ts'
import type { Precompile } from './types.ts'

const { G1, G2, fields } = bls12_381
type G1Point = InstanceType<typeof G1.Point>
type G2Point = InstanceType<typeof G2.Point>

/** Bytes of a field element, of points and of pairs (EIP-2537). */
const FIELD = 64
const POINT1 = 128
const POINT2 = 256
const SCALAR = 32

export const bls12G1Add: Precompile = {
  price: () => 375,
  run: exactly(2 * POINT1, (input) => encodeG1(readG1(input, 0, false).add(readG1(input, POINT1, false)))),
}

export const bls12G1Msm: Precompile = {
  price: (input) => g1MsmPrice(Math.floor(input.length / (POINT1 + SCALAR))),
  run: multiples(POINT1 + SCALAR, (input, pairs) => {
    let sum: G1Point = G1.Point.ZERO
    for (const at of pairs)
      sum = sum.add(multiply(readG1(input, at, true), readScalar(input, at + POINT1), G1.Point.ZERO))
    return encodeG1(sum)
  }),
}

export const bls12G2Add: Precompile = {
  price: () => 600,
  run: exactly(2 * POINT2, (input) => encodeG2(readG2(input, 0, false).add(readG2(input, POINT2, false)))),
}

export const bls12G2Msm: Precompile = {
  price: (input) => g2MsmPrice(Math.floor(input.length / (POINT2 + SCALAR))),
  run: multiples(POINT2 + SCALAR, (input, pairs) => {
    let sum: G2Point = G2.Point.ZERO
    for (const at of pairs)
      sum = sum.add(multiply(readG2(input, at, true), readScalar(input, at + POINT2), G2.Point.ZERO))
    return encodeG2(sum)
  }),
}

export const bls12Pairing: Precompile = {
  price: (input) => 37_700 + 32_600 * Math.floor(input.length / (POINT1 + POINT2)),
  run: multiples(POINT1 + POINT2, (input, starts) => {
    const pairs: { g1: G1Point; g2: G2Point }[] = []
    for (const at of starts) {
      const g1 = readG1(input, at, true)
      const g2 = readG2(input, at + POINT1, true)
      if (!g1.is0() && !g2.is0()) pairs.push({ g1, g2 })
    }
    const isOne = pairs.length === 0 || fields.Fp12.eql(bls12_381.pairingBatch(pairs, true), fields.Fp12.ONE)
    return wordBytes(isOne ? 1n : 0n)
  }),
}

export const bls12MapG1: Precompile = {
  price: () => 5_500,
  run: exactly(FIELD, (input) => encodeG1(G1.mapToCurve([readField(input, 0)]) as unknown as G1Point)),
}

export const bls12MapG2: Precompile = {
  price: () => 23_800,
  run: exactly(2 * FIELD, (input) =>
    encodeG2(G2.mapToCurve([readField(input, 0), readField(input, FIELD)]) as unknown as G2Point),
  ),
}

/** Fails for any other length, and where the library throws: for points and elements that are none. */
function exactly(length: number, run: (input: Uint8Array) => Uint8Array): Precompile['run'] {
  return (input) => (input.length === length ? attempt(() => run(input)) : undefined)
}

/** As {@link exactly}, for one or more records of `size` bytes, whose starts `run` is given. */
function multiples(size: number, run: (input: Uint8Array, starts: readonly number[]) => Uint8Array): Precompile['run'] {
  return (input) => {
    if (input.length === 0 || input.length % size !== 0) return undefined
    const starts = Array.from({ length: input.length / size }, (_, i) => i * size)
    return attempt(() => run(input, starts))
  }
}

function attempt(run: () => Uint8Array): Uint8Array | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

function readField(input: Uint8Array, offset: number): bigint {
  const value = readInteger(input, offset, FIELD)
  if (value >= fields.Fp.ORDER) throw new RangeError('not in the field')
  return value
}

function readScalar(input: Uint8Array, offset: number): bigint {
  return readInteger(input, offset, SCALAR) % fields.Fr.ORDER
}

function readG1(input: Uint8Array, offset: number, inSubgroup: boolean): G1Point {
  const x = readField(input, offset)
  const y = readField(input, offset + FIELD)
  if (x === 0n && y === 0n) return G1.Point.ZERO
  return checked(G1.Point.fromAffine({ x, y }), inSubgroup)
}

function readG2(input: Uint8Array, offset: number, inSubgroup: boolean): G2Point {
  const [x0, x1, y0, y1] = [0, 1, 2, 3].map((i) => readField(input, offset + i * FIELD)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  if (x0 === 0n && x1 === 0n && y0 === 0n && y1 === 0n) return G2.Point.ZERO
  return checked(G2.Point.fromAffine({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } }), inSubgroup)
}

interface Checkable {
  assertValidity(): void
}

/** Additions take points outside of the subgroup (EIP-2537); the library then names that as its only complaint. */
function checked<P extends Checkable>(point: P, inSubgroup: boolean): P {
  try {
    point.assertValidity()
  } catch (error) {
    if (inSubgroup || !String(error).includes('not in prime-order subgroup')) throw error
  }
  return point
}

function multiply<P extends { multiplyUnsafe(scalar: bigint): P }>(point: P, scalar: bigint, zero: P): P {
  return scalar === 0n ? zero : point.multiplyUnsafe(scalar)
}

function encodeG1(point: G1Point): Uint8Array {
  if (point.is0()) return new Uint8Array(POINT1)
  const { x, y } = point.toAffine()
  return encodeFields([x, y])
}

function encodeG2(point: G2Point): Uint8Array {
  if (point.is0()) return new Uint8Array(POINT2)
  const { x, y } = point.toAffine()
  return encodeFields([x.c0, x.c1, y.c0, y.c1])
}

function encodeFields(values: readonly bigint[]): Uint8Array {
  const output = new Uint8Array(FIELD * values.length)
  for (const [i, value] of values.entries()) {
    writeWord(output, FIELD * i, value >> 256n)
    writeWord(output, FIELD * i + 32, value)
  }
  return output
}
