import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createCommitter, microOp, proveStep, type StepProof } from '@crema/machine'
import { concatBytes, hexToBytes, limits } from '@crema/protocol'
import { noise } from './actors.ts'
import { word } from './keys.ts'
import { MAX_INIT_CODE, MIDDLE, type WorstFrames, worst } from './worst-frame.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../shared/machine/vectors/precompiles.json')
const { maxPrecompileInput } = limits
const IDENTITY = 4n
/** Steps of identity that are proven: the last ones copy to the fullest tree. */
const CHUNKS = 4

/** The calls of precompiles that cost the most: at the limit of gas, of input, or of both. */
export function* worstPrecompiles(frames: WorstFrames): Generator<readonly [where: string, step: StepProof]> {
  for (const [where, address, input] of worstInputs()) yield [where, callPrecompile(frames, address, input).first]
  const { machine: m, committer, first } = callPrecompile(frames, IDENTITY, noise(maxPrecompileInput, 9))
  yield ['identity', first]
  for (let left = maxPrecompileInput / 2_048; left > 0; left--) {
    const step = proveStep(m, committer)
    if (left <= CHUNKS || left % 16 === 0) yield ['identity', step]
  }
}

export function worstInputs(): (readonly [string, bigint, Uint8Array])[] {
  const piece = pieces()
  const pairs = (name: string, count: number): Uint8Array => repeat(piece(name), count)
  const longModexp = concatBytes(modexp(1_024, 31), noise(maxPrecompileInput - 96 - 2_048 - 31))
  return [
    ['modexp, 98,304 bytes', 5n, longModexp],
    ['bn254 pairing, 233 pairs', 8n, pairs('bn254Pairing: product is one, first 192 bytes', 233)],
    ['blake2f, 8,000,000 rounds', 9n, concatBytes(word(8_000_000n).subarray(28), noise(208), Uint8Array.of(1))],
    ['bls12 G1 msm, 614 pairs', 0xcn, pairs('bls12G1Msm: one pair', 614)],
    ['bls12 G2 msm, 341 pairs', 0xen, pairs('bls12G2Msm: one pair', 341)],
    ['bls12 pairing, 244 pairs', 0xfn, pairs('bls12Pairing: product is one, first 384 bytes', 244)],
    ['sha256, 98,304 bytes', 2n, noise(maxPrecompileInput)],
    ['ripemd160, 98,304 bytes', 3n, noise(maxPrecompileInput)],
  ]
}

function callPrecompile(frames: WorstFrames, address: bigint, input: Uint8Array) {
  const { machine: m } = frames.frame(noise(MAX_INIT_CODE), true)
  const offset = MIDDLE - 32 * Math.ceil(input.length / 64) + 31
  m.f.memory.set(input, offset)
  Object.assign(m.x, {
    op: microOp.precompile,
    kind: 0,
    isStatic: false,
    delegated: false,
    gas: 9_000_000,
    address,
    caller: worst.own,
    value: 1n,
    codeAddress: address,
    before: m.state,
    retOff: MIDDLE + 1,
    retLen: 32,
    source: m.f.memory.subarray(offset, offset + input.length),
  })
  const committer = createCommitter()
  return { machine: m, committer, first: proveStep(m, committer) }
}

/** Lengths, base, exponent and modulus, priced just below the limit. */
function modexp(operands: number, exponent: number): Uint8Array {
  const size = (value: number): Uint8Array => word(BigInt(value))
  const ones = new Uint8Array(operands).fill(255)
  const power = new Uint8Array(exponent).fill(255)
  power[0] = 0x0f
  return concatBytes(size(operands), size(exponent), size(operands), ones, power, ones)
}

/** Valid inputs by the names of the shared vectors. */
function pieces(): (name: string) => Uint8Array {
  const { name: names, piece } = JSON.parse(readFileSync(vectors, 'utf8')) as {
    readonly name: readonly string[]
    readonly piece: readonly `0x${string}`[]
  }
  return (name) => {
    const at = names.indexOf(name)
    if (at < 0) throw new Error(`no vector ${name}`)
    return hexToBytes(piece[at]!)
  }
}

function repeat(piece: Uint8Array, count: number): Uint8Array {
  return concatBytes(...new Array<Uint8Array>(count).fill(piece))
}
