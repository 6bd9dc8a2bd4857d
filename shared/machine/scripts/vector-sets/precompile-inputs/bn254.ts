import { bigIntToBytes, concatBytes } from '@crema/protocol'
import { bn254 } from '@noble/curves/bn254.js'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import { bn254Add, bn254Mul, bn254Pairing } from '../../../src/step/osp-precompile/bn254.ts'
import { inputsOf, type PrecompileInput, variations } from './input.ts'

const { G1, G2, fields } = bn254
const word = (value: bigint) => bigIntToBytes(value, 32)
const words = (...values: readonly bigint[]) => concatBytes(...values.map(word))
const field = fields.Fp.ORDER
const order = fields.Fr.ORDER
const infinity = new Uint8Array(64)
const largest = 2n ** 256n - 1n

/** Addition, multiplication and pairing on alt_bn128. */
export function bn254Inputs(): PrecompileInput[] {
  return [...addInputs(), ...mulInputs(), ...pairingInputs()]
}

function addInputs(): PrecompileInput[] {
  const make = inputsOf('bn254Add', 6, bn254Add)
  const [p, q] = [g1(7n), g1(12_345n)]
  return [
    ...variations(make, 'two points', concatBytes(p, q), 4),
    make('a point and itself', concatBytes(p, p)),
    make('a point and its opposite', concatBytes(p, g1(order - 7n))),
    make('a point and infinity', concatBytes(p, infinity)),
    make('infinity and a point', concatBytes(infinity, p)),
    make('infinity twice', concatBytes(infinity, infinity)),
    make('one point, nothing behind', p),
    ...badG1().map(([what, bad]) => make(what, concatBytes(bad, p))),
    ...badG1().map(([what, bad]) => make(`second: ${what}`, concatBytes(p, bad))),
    make('at the limit', concatBytes(p, q), { repeat: 768 }),
  ]
}

function mulInputs(): PrecompileInput[] {
  const make = inputsOf('bn254Mul', 7, bn254Mul)
  const p = g1(7n)
  return [
    ...variations(make, 'point and scalar', concatBytes(p, noise('scalar', 32)), 4),
    ...[0n, 1n, 2n, order - 1n, order, order + 1n, field, largest].flatMap((scalar) => [
      make(`scalar ${scalar}`, concatBytes(p, word(scalar))),
      make(`infinity, scalar ${scalar}`, concatBytes(infinity, word(scalar))),
    ]),
    ...badG1().flatMap(([what, bad]) => [
      make(what, concatBytes(bad, word(2n))),
      make(`${what}, scalar 0`, concatBytes(bad, word(0n))),
    ]),
  ]
}

function pairingInputs(): PrecompileInput[] {
  const make = inputsOf('bn254Pairing', 8, bn254Pairing)
  const isOne = concatBytes(g1(6n), g2(1n), g1(order - 2n), g2(3n))
  const isNot = concatBytes(g1(6n), g2(1n), g1(order - 2n), g2(4n))
  const pair = concatBytes(g1(5n), g2(9n))
  const nothing = new Uint8Array(192)
  return [
    ...variations(make, 'product is one', isOne, 4),
    make('product is not one', isNot),
    make('one pair', pair),
    make('three pairs', concatBytes(isOne, pair)),
    make('one pair, one of infinity', concatBytes(isOne, nothing)),
    make('infinity in G1', concatBytes(infinity, g2(3n))),
    make('infinity in G2', concatBytes(g1(3n), new Uint8Array(128))),
    make('infinity with a point off the curve', concatBytes(infinity, words(1n, 2n, 3n, 4n))),
    make('pairs of infinity', nothing, { repeat: 10 }),
    make('at the limit', nothing, { repeat: 233 }),
    make('above the limit of gas', nothing, { repeat: 234 }),
    make('191 bytes more', nothing, { repeat: 233, tail: new Uint8Array(191) }),
    make('at the limit of bytes', nothing, { repeat: 512 }),
    ...badG1().map(([what, bad]) => make(what, concatBytes(bad, g2(1n)))),
    ...badG2().map(([what, bad]) => make(what, concatBytes(g1(1n), bad))),
  ]
}

function badG1(): [string, Uint8Array][] {
  const { x, y } = G1.Point.BASE.multiply(7n).toAffine()
  return [
    ['off the curve', words(1n, 3n)],
    ['x in the field only after reduction', words(x + field, y)],
    ['y in the field only after reduction', words(x, y + field)],
    ['coordinates of the field order', words(field, field)],
    ['x 0', words(0n, 1n)],
    ['y 0', words(1n, 0n)],
    ['largest words', words(largest, largest)],
  ]
}

function badG2(): [string, Uint8Array][] {
  const { x, y } = G2.Point.BASE.multiply(3n).toAffine()
  return [
    ['G2 off the curve', words(x.c1, x.c0, y.c1, y.c0 + 1n)],
    ['G2 parts in the other order', words(x.c0, x.c1, y.c0, y.c1)],
    ['G2 beyond the field', words(x.c1 + field, x.c0, y.c1, y.c0)],
    ['G2 outside of the subgroup', outsideG2()],
  ]
}

/** On the curve, but of another order. */
function outsideG2(): Uint8Array {
  const { Fp2 } = fields
  const b = G2.Point.CURVE().b
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.create({ c0, c1: 1n })
    const square = Fp2.add(Fp2.mul(Fp2.sqr(x), x), b)
    try {
      const y = Fp2.sqrt(square)
      const point = G2.Point.fromAffine({ x, y })
      if (!point.isTorsionFree()) return words(x.c1, x.c0, y.c1, y.c0)
    } catch {
      // No square root: no point there.
    }
  }
}

function g1(scalar: bigint): Uint8Array {
  const { x, y } = G1.Point.BASE.multiply(scalar).toAffine()
  return words(x, y)
}

function g2(scalar: bigint): Uint8Array {
  const { x, y } = G2.Point.BASE.multiply(scalar).toAffine()
  return words(x.c1, x.c0, y.c1, y.c0)
}
