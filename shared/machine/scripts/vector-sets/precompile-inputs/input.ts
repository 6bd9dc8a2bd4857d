import { concatBytes } from '@crema/protocol'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import type { Precompile } from '../../../src/step/osp-precompile/types.ts'

/** A call of a precompile; its input is `piece`, `repeat` times, then `tail`. */
export interface PrecompileInput {
  readonly name: string
  readonly address: number
  readonly precompile: Precompile
  readonly piece: Uint8Array
  readonly repeat: number
  readonly tail: Uint8Array
}

/** Makes inputs of one precompile. */
export type InputMaker = (
  what: string,
  piece: Uint8Array,
  options?: { readonly repeat?: number; readonly tail?: Uint8Array },
) => PrecompileInput

export function inputsOf(name: string, address: number, precompile: Precompile): InputMaker {
  return (what, piece, { repeat = 1, tail = new Uint8Array(0) } = {}) => ({
    name: `${name}: ${what}`,
    address,
    precompile,
    piece,
    repeat,
    tail,
  })
}

/** The input itself, cut and lengthened, with single bits changed: what every precompile of fixed fields has to refuse or pad. */
export function variations(make: InputMaker, what: string, valid: Uint8Array, flips = 8): PrecompileInput[] {
  const cuts = [0, 1, Math.floor(valid.length / 2), valid.length - 1]
  return [
    make(what, valid),
    ...cuts.map((length) => make(`${what}, first ${length} bytes`, valid.subarray(0, length))),
    make(`${what}, a zero more`, concatBytes(valid, new Uint8Array(1))),
    make(`${what}, a word more`, concatBytes(valid, noise(what, 32))),
    ...Array.from({ length: flips }, (_, i) => {
      const bit = Math.floor((valid.length * 8 * (2 * i + 1)) / (2 * flips)) + i
      return make(`${what}, bit ${bit} changed`, flipped(valid, bit))
    }),
  ]
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const result = bytes.slice()
  result[bit >> 3]! ^= 0x80 >> (bit & 7)
  return result
}
