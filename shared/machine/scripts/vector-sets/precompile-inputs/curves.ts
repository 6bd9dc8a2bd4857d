import { bigIntToBytes, concatBytes } from '@crema/protocol'
import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import { ecrecover } from '../../../src/step/osp-precompile/ecrecover.ts'
import { p256Verify } from '../../../src/step/osp-precompile/p256.ts'
import { type InputMaker, inputsOf, type PrecompileInput, variations } from './input.ts'

const word = (value: bigint) => bigIntToBytes(value, 32)

/** Signatures on secp256k1 and on secp256r1. */
export function curveInputs(): PrecompileInput[] {
  return [...ecrecoverInputs(), ...p256Inputs()]
}

function ecrecoverInputs(): PrecompileInput[] {
  const make = inputsOf('ecrecover', 1, ecrecover)
  const hash = noise('message', 32)
  const signature = secp256k1.sign(hash, noise('key', 32), { prehash: false, format: 'recovered' })
  const [v, r, s] = [27n + BigInt(signature[0]!), integer(signature.subarray(1, 33)), integer(signature.subarray(33))]
  const order = secp256k1.Point.Fn.ORDER
  const field = secp256k1.Point.Fp.ORDER
  const input = (v_: bigint, r_: bigint, s_: bigint) => concatBytes(hash, word(v_), word(r_), word(s_))
  return [
    ...variations(make, 'signature', input(v, r, s), 16),
    make('other parity', input(55n - v, r, s)),
    make('high s', input(55n - v, r, order - s)),
    ...[0n, 1n, 26n, 29n, 27n + 256n, 27n + (1n << 255n)].map((bad) => make(`v ${bad}`, input(bad, r, s))),
    ...[0n, order, order - 1n, order + 1n, field, 2n ** 256n - 1n].flatMap((edge) => [
      make(`r ${edge}`, input(v, edge, s)),
      make(`s ${edge}`, input(v, r, edge)),
    ]),
    ...[1n, 2n, 3n, 4n, 5n, 6n].map((small) => make(`r ${small}`, input(v, small, s))),
    make('hash 0', concatBytes(word(0n), word(v), word(r), word(s))),
    make('at the limit', input(v, r, s), { repeat: 768 }),
    make('above the limit', input(v, r, s), { repeat: 768, tail: Uint8Array.of(0) }),
  ]
}

function p256Inputs(): PrecompileInput[] {
  const make = inputsOf('p256Verify', 0x100, p256Verify)
  const key = noise('p256 key', 32)
  const hash = noise('p256 message', 32)
  const signature = p256.sign(hash, key, { prehash: false, lowS: false })
  const [r, s] = [integer(signature.subarray(0, 32)), integer(signature.subarray(32))]
  const point = p256.getPublicKey(key, false)
  const [x, y] = [integer(point.subarray(1, 33)), integer(point.subarray(33))]
  const order = p256.Point.Fn.ORDER
  const field = p256.Point.Fp.ORDER
  const input = (r_: bigint, s_: bigint, x_: bigint, y_: bigint) =>
    concatBytes(hash, word(r_), word(s_), word(x_), word(y_))
  return [
    ...variations(make, 'signature', input(r, s, x, y), 16),
    make('other s', input(r, order - s, x, y)),
    make('other y', input(r, s, x, field - y)),
    make('point at infinity', input(r, s, 0n, 0n)),
    ...constructed(make),
    ...[0n, order, order + 1n, 2n ** 256n - 1n].flatMap((edge) => [
      make(`r ${edge}`, input(edge, s, x, y)),
      make(`s ${edge}`, input(r, edge, x, y)),
      make(`x ${edge}`, input(r, s, edge, y)),
      make(`y ${edge}`, input(r, s, x, edge)),
    ]),
    make('all zeros', new Uint8Array(160)),
    make('above the limit', input(r, s, x, y), { repeat: 615 }),
  ]
}

/** Signatures that no one would find: under a key whose x fits 32 bytes twice, and with a nonce point whose x is above the order. */
function constructed(make: InputMaker): PrecompileInput[] {
  const { Point } = p256
  const { Fn, Fp } = Point
  const [u1, u2] = [1_234_567n, 7_654_321n]
  const signed = (key: typeof Point.BASE, noncePoint: typeof Point.BASE, shift: bigint) => {
    const r = Fn.create(noncePoint.toAffine().x)
    const s = Fn.div(r, u2)
    const { x, y } = key.toAffine()
    return concatBytes(word(Fn.mul(u1, s)), word(r), word(s), word(x + shift), word(y))
  }
  const lowKey = pointFrom(1n)
  const lowNonce = Point.BASE.multiply(u1).add(lowKey.multiply(u2))
  const highNonce = pointFrom(Fn.ORDER)
  const itsKey = highNonce.subtract(Point.BASE.multiply(u1)).multiply(Fn.inv(u2))
  return [
    make('key with a low x', signed(lowKey, lowNonce, 0n)),
    make('key with a low x, beyond the field', signed(lowKey, lowNonce, Fp.ORDER)),
    make('x of the nonce point above the order', signed(itsKey, highNonce, 0n)),
  ]
}

/** The first point of the curve whose x is at least this. */
function pointFrom(start: bigint): typeof p256.Point.BASE {
  for (let x = start; ; x++) {
    try {
      return p256.Point.fromBytes(concatBytes(Uint8Array.of(2), word(x)))
    } catch {
      // No square root: no point there.
    }
  }
}

function integer(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}
