import { bigIntToBytes, concatBytes } from '@crema/protocol'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import {
  bls12G1Add,
  bls12G1Msm,
  bls12G2Add,
  bls12G2Msm,
  bls12MapG1,
  bls12MapG2,
  bls12Pairing,
} from '../../../src/step/osp-precompile/bls12.ts'
import { inputsOf, type PrecompileInput, variations } from './input.ts'

const { G1, G2, fields } = bls12_381
const field = fields.Fp.ORDER
const order = fields.Fr.ORDER
const element = (value: bigint) => bigIntToBytes(value, 64)
const word = (value: bigint) => bigIntToBytes(value, 32)
const elements = (...values: readonly bigint[]) => concatBytes(...values.map(element))
const infinity1 = new Uint8Array(128)
const infinity2 = new Uint8Array(256)
type Named = readonly [string, Uint8Array]

/** All of EIP-2537. */
export function bls12Inputs(): PrecompileInput[] {
  const [bad1, bad2] = [badG1(), badG2()]
  const [outside1, outside2] = [outsideG1(), outsideG2()]
  return [
    ...addInputs(inputsOf('bls12G1Add', 11, bls12G1Add), g1, infinity1, outside1, bad1),
    ...msmInputs(inputsOf('bls12G1Msm', 12, bls12G1Msm), g1, infinity1, outside1, bad1),
    ...addInputs(inputsOf('bls12G2Add', 13, bls12G2Add), g2, infinity2, outside2, bad2),
    ...msmInputs(inputsOf('bls12G2Msm', 14, bls12G2Msm), g2, infinity2, outside2, bad2),
    ...pairingInputs(
      [['outside of the subgroup', outside1], ...bad1],
      [['outside of the subgroup', outside2], ...bad2],
    ),
    ...mapInputs(),
  ]
}

function addInputs(
  make: ReturnType<typeof inputsOf>,
  point: (scalar: bigint) => Uint8Array,
  infinity: Uint8Array,
  outside: Uint8Array,
  bad: readonly Named[],
): PrecompileInput[] {
  const [p, q] = [point(7n), point(12_345n)]
  return [
    ...variations(make, 'two points', concatBytes(p, q), 4),
    make('a point and itself', concatBytes(p, p)),
    make('a point and its opposite', concatBytes(p, point(order - 7n))),
    make('a point and infinity', concatBytes(p, infinity)),
    make('infinity twice', concatBytes(infinity, infinity)),
    make('outside of the subgroup', concatBytes(p, outside)),
    make('outside of the subgroup twice', concatBytes(outside, outside)),
    ...bad.flatMap(([what, value]) => [
      make(what, concatBytes(value, p)),
      make(`second: ${what}`, concatBytes(infinity, value)),
    ]),
  ]
}

function msmInputs(
  make: ReturnType<typeof inputsOf>,
  point: (scalar: bigint) => Uint8Array,
  infinity: Uint8Array,
  outside: Uint8Array,
  bad: readonly Named[],
): PrecompileInput[] {
  const pair = (scalar: bigint, times: bigint) => concatBytes(point(scalar), word(times))
  const idle = concatBytes(infinity, word(3n))
  const most = Math.floor(98_304 / idle.length)
  return [
    ...variations(make, 'one pair', concatBytes(point(7n), noise('scalar', 32)), 4),
    ...[0n, 1n, order - 1n, order, order + 1n, 2n ** 256n - 1n].map((times) =>
      make(`scalar ${times}`, pair(7n, times)),
    ),
    make('two pairs', concatBytes(pair(7n, 3n), pair(11n, order - 5n))),
    make('sum is infinity', concatBytes(pair(7n, 3n), pair(3n, order - 7n))),
    make('twenty pairs', concatBytes(point(7n), noise('other', 32)), { repeat: 20 }),
    ...[1, 2, 3, 16, 63, 64, 127, 128, 129, 200, most].map((count) =>
      make(`${count} of infinity`, idle, { repeat: count }),
    ),
    make('a byte too much', idle, { repeat: 100, tail: Uint8Array.of(0) }),
    make('more bytes than the limit', idle, { repeat: most + 1 }),
    make('outside of the subgroup', concatBytes(outside, word(2n))),
    make('outside of the subgroup, scalar 0', concatBytes(outside, word(0n))),
    make('outside of the subgroup, second', concatBytes(pair(7n, 3n), outside, word(2n))),
    ...bad.flatMap(([what, value]) => [
      make(what, concatBytes(value, word(2n))),
      make(`${what}, scalar 0`, concatBytes(value, word(0n))),
    ]),
  ]
}

function pairingInputs(bad1: readonly Named[], bad2: readonly Named[]): PrecompileInput[] {
  const make = inputsOf('bls12Pairing', 15, bls12Pairing)
  const idle = new Uint8Array(384)
  const isOne = concatBytes(g1(6n), g2(1n), g1(order - 2n), g2(3n))
  return [
    ...variations(make, 'product is one', isOne, 4),
    make('product is not one', concatBytes(g1(6n), g2(1n), g1(order - 2n), g2(4n))),
    make('one pair', concatBytes(g1(5n), g2(9n))),
    make('one pair more, of infinity', concatBytes(isOne, idle)),
    make('infinity in G1', concatBytes(infinity1, g2(3n))),
    make('infinity in G2', concatBytes(g1(3n), infinity2)),
    make('at the limit', idle, { repeat: 244 }),
    make('above the limit of gas', idle, { repeat: 245 }),
    make('383 bytes more', idle, { repeat: 244, tail: new Uint8Array(383) }),
    make('at the limit of bytes', idle, { repeat: 256 }),
    ...bad1.map(([what, value]) => make(`G1 ${what}`, concatBytes(value, infinity2))),
    ...bad2.map(([what, value]) => make(`G2 ${what}`, concatBytes(infinity1, value))),
  ]
}

function mapInputs(): PrecompileInput[] {
  const toG1 = inputsOf('bls12MapG1', 16, bls12MapG1)
  const toG2 = inputsOf('bls12MapG2', 17, bls12MapG2)
  const random = BigInt(`0x${Buffer.from(noise('element', 47)).toString('hex')}`)
  const edges = [0n, 1n, 2n, field - 1n, field, field + 1n, 2n ** 384n - 1n, 2n ** 384n, 2n ** 511n]
  return [
    ...variations(toG1, 'element', element(random), 6),
    ...edges.map((value) => toG1(`${value}`, element(value))),
    ...variations(toG2, 'elements', elements(random, random + 1n), 6),
    ...edges.flatMap((value) => [
      toG2(`${value}, 1`, elements(value, 1n)),
      toG2(`1, ${value}`, elements(1n, value)),
      toG2(`${value} twice`, elements(value, value)),
    ]),
  ]
}

function badG1(): Named[] {
  const { x, y } = G1.Point.BASE.multiply(7n).toAffine()
  return [
    ['off the curve', elements(x, y + 1n)],
    ['x beyond the field', elements(x + field, y)],
    ['y beyond the field', elements(x, y + field)],
    ['coordinates of the field order', elements(field, field)],
    ['x above 48 bytes', elements(x + 2n ** 384n, y)],
    ['y above 48 bytes', elements(x, y + 2n ** 511n)],
    ['x 0 off the curve', elements(0n, 1n)],
    ['y 0', elements(x, 0n)],
  ]
}

function badG2(): Named[] {
  const { x, y } = G2.Point.BASE.multiply(7n).toAffine()
  return [
    ['off the curve', elements(x.c0, x.c1, y.c0, y.c1 + 1n)],
    ['parts in the other order', elements(x.c1, x.c0, y.c1, y.c0)],
    ['x beyond the field', elements(x.c0 + field, x.c1, y.c0, y.c1)],
    ['y beyond the field', elements(x.c0, x.c1, y.c0, y.c1 + field)],
    ['coordinates of the field order', elements(field, field, field, field)],
    ['x above 48 bytes', elements(x.c0, x.c1 + 2n ** 384n, y.c0, y.c1)],
    ['y 0', elements(x.c0, x.c1, 0n, 0n)],
  ]
}

/** On the curve, but of another order. */
function outsideG1(): Uint8Array {
  const { Fp } = fields
  const b = G1.Point.CURVE().b
  for (let x = 1n; ; x++) {
    try {
      const y = Fp.sqrt(Fp.add(Fp.pow(x, 3n), b))
      if (!G1.Point.fromAffine({ x, y }).isTorsionFree()) return elements(x, y)
    } catch {
      // No square root: no point there.
    }
  }
}

function outsideG2(): Uint8Array {
  const { Fp2 } = fields
  const b = G2.Point.CURVE().b
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.create({ c0, c1: 1n })
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), b))
      if (!G2.Point.fromAffine({ x, y }).isTorsionFree()) return elements(x.c0, x.c1, y.c0, y.c1)
    } catch {
      // No square root: no point there.
    }
  }
}

function g1(scalar: bigint): Uint8Array {
  const { x, y } = G1.Point.BASE.multiply(scalar).toAffine()
  return elements(x, y)
}

function g2(scalar: bigint): Uint8Array {
  const { x, y } = G2.Point.BASE.multiply(scalar).toAffine()
  return elements(x.c0, x.c1, y.c0, y.c1)
}
