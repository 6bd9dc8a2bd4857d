import { concatBytes } from '@crema/protocol'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import { blake2f } from '../../../src/step/osp-precompile/blake2f.ts'
import { identity, ripemd160, sha256 } from '../../../src/step/osp-precompile/hashes.ts'
import { inputsOf, type PrecompileInput, variations } from './input.ts'

const lengths = [0, 1, 31, 32, 33, 55, 56, 63, 64, 65, 127, 128, 1_000]
const limit = 98_304

/** SHA-256, RIPEMD-160, identity, BLAKE2b's compression. */
export function hashInputs(): PrecompileInput[] {
  const hashes = [inputsOf('sha256', 2, sha256), inputsOf('ripemd160', 3, ripemd160), inputsOf('identity', 4, identity)]
  return [
    ...hashes.flatMap((make) => [
      ...lengths.map((length) => make(`${length} bytes`, noise(`hash ${length}`, length))),
      make('at the limit', noise('limit', 32), { repeat: limit / 32 }),
      make('above the limit', noise('limit', 32), { repeat: limit / 32, tail: Uint8Array.of(1) }),
    ]),
    ...blake2fInputs(),
  ]
}

function blake2fInputs(): PrecompileInput[] {
  const make = inputsOf('blake2f', 9, blake2f)
  const input = (rounds: number, final: number) =>
    concatBytes(
      Uint8Array.of(rounds >>> 24, rounds >>> 16, rounds >>> 8, rounds),
      noise('blake', 208),
      Uint8Array.of(final),
    )
  return [
    ...[0, 1, 2, 9, 10, 11, 12, 255, 256, 65_536].flatMap((rounds) =>
      [0, 1].map((final) => make(`${rounds} rounds, final ${final}`, input(rounds, final))),
    ),
    ...[2, 128, 255].map((final) => make(`final ${final}`, input(12, final))),
    make('rounds at the limit', input(8_000_000, 2)),
    make('rounds above the limit', input(8_000_001, 1)),
    make('all rounds', input(0xffffffff, 1)),
    ...variations(make, 'random', input(12, 1), 4),
    make('too long, many rounds', concatBytes(input(0xffffffff, 1), Uint8Array.of(1))),
  ]
}
