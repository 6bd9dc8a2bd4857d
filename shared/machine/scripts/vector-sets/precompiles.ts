import { bytesToHex, concatBytes } from '@crema/protocol'
import { columns, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { precompilePrice } from '../../src/step/osp-precompile/precompile.ts'
import { bls12Inputs } from './precompile-inputs/bls12.ts'
import { bn254Inputs } from './precompile-inputs/bn254.ts'
import { curveInputs } from './precompile-inputs/curves.ts'
import { hashInputs } from './precompile-inputs/hashes.ts'
import type { PrecompileInput } from './precompile-inputs/input.ts'
import { kzgInputs } from './precompile-inputs/kzg.ts'
import { modexpInputs } from './precompile-inputs/modexp.ts'

const rules = l2Rules(1n)
const NO_PRICE = 2n ** 256n - 1n

/**
 * Calls of precompiles: address, input (`piece`, `repeat` times, then `tail`), price (2^256 - 1 above the limits), and whether and with
 * what it succeeds when given the price.
 */
export function precompileVectors(): Vectors {
  const inputs = [
    ...hashInputs(),
    ...curveInputs(),
    ...modexpInputs(),
    ...bn254Inputs(),
    ...kzgInputs(),
    ...bls12Inputs(),
  ]
  return columns(inputs.map(row))
}

function row({ name, address, precompile, piece, repeat, tail }: PrecompileInput) {
  const input = concatBytes(...Array.from({ length: repeat }, () => piece), tail)
  const price = precompilePrice(rules, BigInt(address), input)
  const isPriced = price !== Number.POSITIVE_INFINITY
  const output = isPriced ? precompile.run(input, rules.osaka) : undefined
  return {
    name,
    address,
    piece: bytesToHex(piece),
    repeat,
    tail: bytesToHex(tail),
    price: isPriced ? BigInt(price) : NO_PRICE,
    success: output !== undefined,
    output: bytesToHex(output ?? new Uint8Array(0)),
  }
}
