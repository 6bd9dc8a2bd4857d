import { readBytes } from '../../state/bytes.ts'
import type { Machine } from '../../state/machine.ts'
import type { Rules } from '../../state/rules.ts'
import { microOp } from '../micro-op.ts'
import { blake2f } from './blake2f.ts'
import { bls12G1Add, bls12G1Msm, bls12G2Add, bls12G2Msm, bls12MapG1, bls12MapG2, bls12Pairing } from './bls12.ts'
import { bn254Add, bn254Mul, bn254Pairing } from './bn254.ts'
import { ecrecover } from './ecrecover.ts'
import { finishPrecompile } from './finish.ts'
import { identity, ripemd160, sha256 } from './hashes.ts'
import { pointEvaluation } from './kzg.ts'
import { modexp } from './modexp.ts'
import { p256Verify } from './p256.ts'
import type { Precompile } from './types.ts'

/** By address, 1 to 0x11. */
const precompiles: readonly (Precompile | undefined)[] = [
  undefined,
  ecrecover,
  sha256,
  ripemd160,
  identity,
  modexp,
  bn254Add,
  bn254Mul,
  bn254Pairing,
  blake2f,
  pointEvaluation,
  bls12G1Add,
  bls12G1Msm,
  bls12G2Add,
  bls12G2Msm,
  bls12Pairing,
  bls12MapG1,
  bls12MapG2,
]

const IDENTITY = 4n

/** Runs the precompile that X calls, identity chunk by chunk. Its failure takes the gas and undoes the transfer of value. */
export function precompile(m: Machine): undefined {
  const { x } = m
  // All of the input, where it counts at all.
  const isRead = x.codeAddress !== IDENTITY && x.source.length <= m.rules.maxPrecompileInput
  if (isRead) readBytes(m, x.source, 0, x.source.length)
  const price = precompilePrice(m.rules, x.codeAddress, x.source)
  if (price > x.gas) return finishPrecompile(m, undefined, 0)
  if (x.codeAddress === IDENTITY && x.source.length > 0) {
    x.gas -= price
    x.dstOff = 0
    x.op = microOp.identityChunk
    return
  }
  const output = precompileAt(x.codeAddress).run(x.source, m.rules.osaka)
  if (output === undefined) return finishPrecompile(m, undefined, 0)
  // A copy, so that it begins at the start of its buffer: slices are named by their place there.
  finishPrecompile(m, new Uint8Array(output), x.gas - price)
}

/** Gas of a call, Infinity above the limits of the rules (docs/protocol/block.md); identity has none. */
export function precompilePrice(rules: Rules, address: bigint, input: Uint8Array): number {
  const called = precompileAt(address)
  if (called === identity) return called.price(input, rules.osaka)
  if (input.length > rules.maxPrecompileInput) return Number.POSITIVE_INFINITY
  const price = called.price(input, rules.osaka)
  return price > rules.maxPrecompileGas ? Number.POSITIVE_INFINITY : price
}

function precompileAt(address: bigint): Precompile {
  return precompiles[Number(address)] ?? p256Verify
}
