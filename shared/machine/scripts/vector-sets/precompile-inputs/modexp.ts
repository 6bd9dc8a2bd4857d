import { bigIntToBytes, concatBytes } from '@crema/protocol'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import { modexp } from '../../../src/step/osp-precompile/modexp.ts'
import { inputsOf, type PrecompileInput } from './input.ts'

const word = (value: bigint) => bigIntToBytes(value, 32)
const make = inputsOf('modexp', 5, modexp)
const sizes = [0, 1, 31, 32, 33, 40, 64, 256]

/** Modular exponentiation: lengths that lie, that are beyond every limit, that are just at one. */
export function modexpInputs(): PrecompileInput[] {
  return [
    ...sizes.flatMap((base) => sizes.map((modulus) => made(base, 3, modulus))),
    ...sizes.flatMap((exponent) => [made(0, exponent, 0), made(1, exponent, 0), made(32, exponent, 33)]),
    ...edges(),
    ...short(),
    ...lengths(),
  ]
}

function made(base: number, exponent: number, modulus: number): PrecompileInput {
  const body = noise(`modexp ${base} ${exponent} ${modulus}`, base + exponent + modulus)
  return make(`lengths ${base}, ${exponent}, ${modulus}`, concatBytes(head(base, exponent, modulus), body))
}

function head(base: number | bigint, exponent: number | bigint, modulus: number | bigint): Uint8Array {
  return concatBytes(word(BigInt(base)), word(BigInt(exponent)), word(BigInt(modulus)))
}

/** Values at their edges: zeros, ones, leading zeros of the exponent, the largest operands and the dearest exponents. */
function edges(): PrecompileInput[] {
  const of = (what: string, base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array) =>
    make(what, concatBytes(head(base.length, exponent.length, modulus.length), base, exponent, modulus))
  const zeros = (length: number) => new Uint8Array(length)
  const ones = (length: number) => new Uint8Array(length).fill(255)
  const high = (length: number) => concatBytes(Uint8Array.of(128), zeros(length - 1))
  const low = (length: number) => concatBytes(zeros(length - 1), Uint8Array.of(1))
  return [
    of('modulus 0', ones(32), ones(32), zeros(32)),
    of('modulus 1', ones(32), ones(32), low(32)),
    of('modulus even', ones(40), ones(5), high(40)),
    of('0 to the 0', zeros(32), zeros(32), ones(32)),
    of('0 to the 0 mod 1', zeros(32), zeros(32), low(32)),
    of('exponent 1', ones(64), low(32), high(64)),
    of('long exponent with zero head', ones(64), concatBytes(zeros(32), ones(32)), ones(64)),
    of('long exponent 0', ones(64), zeros(64), ones(64)),
    of('long exponent with head 1', ones(64), concatBytes(low(32), zeros(1)), ones(64)),
    of('long exponent with high head', ones(8), concatBytes(high(32), ones(8)), ones(8)),
    of('operands of 1,024 bytes', ones(1_024), low(1_024), noise('big', 1_024)),
    of('operands of 1,024 bytes, short exponent', ones(1_024), ones(30), noise('big', 1_024)),
    of('operands of 1,024 bytes at the limit', noise('b', 1_024), concatBytes(high(31)), noise('big', 1_024)),
    of('just below the limit', noise('c', 1_024), concatBytes(Uint8Array.of(0x0f), ones(30)), noise('bigger', 1_024)),
    of('just above the limit', noise('c', 1_024), concatBytes(Uint8Array.of(0x10), ones(30)), noise('bigger', 1_024)),
    of('exponent of 1,024 bytes', ones(32), ones(1_024), noise('m', 32)),
    of('exponent of 1,024 bytes, operands of 120', noise('d', 120), ones(1_024), noise('m', 120)),
    of('exponent of 1,024 bytes, operands of 136', noise('d', 136), ones(1_024), noise('m', 136)),
    of('base of 1,025 bytes', ones(1_025), low(1), ones(1)),
    of('exponent of 1,025 bytes', ones(1), ones(1_025), ones(1)),
    of('modulus of 1,025 bytes', ones(1), low(1), ones(1_025)),
  ]
}

/** Inputs that end before what they promise: the rest is zeros. */
function short(): PrecompileInput[] {
  const whole = concatBytes(head(32, 40, 33), noise('short', 105))
  const cuts = [0, 1, 31, 32, 33, 63, 64, 65, 95, 96, 97, 127, 128, 129, 159, 160, 161, 168, 169, 200]
  return [
    ...cuts.map((length) => make(`first ${length} bytes`, whole.subarray(0, length))),
    make('bytes behind the end', concatBytes(whole, noise('behind', 70))),
    make('head alone, base 1,024', head(1_024, 32, 1_024)),
    make('exponent beyond the end', concatBytes(head(100, 5, 10), noise('part', 98))),
    make('exponent partly beyond the end', concatBytes(head(100, 5, 10), noise('part', 103))),
    make('much input', noise('much', 64), { repeat: 1_536 }),
    make('too much input', noise('much', 64), { repeat: 1_536, tail: Uint8Array.of(1) }),
  ]
}

/** Lengths that no memory holds. */
function lengths(): PrecompileInput[] {
  const edgesOf = [1_024, 1_025, 31_281, 31_282, 31_283, 2 ** 32 - 1, 2 ** 32, 2 ** 53].map(BigInt)
  const all = [...edgesOf, 2n ** 64n - 1n, 2n ** 64n, 2n ** 128n, 2n ** 255n, 2n ** 256n - 32n, 2n ** 256n - 1n]
  const some = noise('lengths', 96)
  return all.flatMap((length) => [
    make(`base of ${length} bytes`, concatBytes(head(length, 1, 1), some)),
    make(`exponent of ${length} bytes`, concatBytes(head(1, length, 1), some)),
    make(`modulus of ${length} bytes`, concatBytes(head(1, 1, length), some)),
    make(`exponent alone of ${length} bytes`, concatBytes(head(0, length, 0), some)),
    make(`all of ${length} bytes`, concatBytes(head(length, length, length), some)),
  ])
}
