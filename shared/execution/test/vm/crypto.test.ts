import { bigIntToBytes, keccak256, secp256k1Order } from '@crema/protocol'
import { ecrecover } from '@ethereumjs/util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fastCrypto, recoverPublicKey } from '../../src/vm/crypto.ts'

const outcome = (recover: () => Uint8Array): Uint8Array | 'throws' => {
  try {
    return recover()
  } catch {
    return 'throws'
  }
}

it('recovers what the library recovers and throws where it throws', () => {
  const scalar = fc.oneof(
    fc.bigInt(0n, 2n ** 256n - 1n),
    fc.constantFrom(0n, 1n, secp256k1Order - 1n, secp256k1Order, secp256k1Order + 1n, 2n ** 256n - 1n),
  )
  const v = fc.constantFrom(0n, 1n, 2n, 26n, 27n, 28n, 29n, 37n)
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), v, scalar, scalar, (hash, parity, r, s) => {
      const [left, right] = [bigIntToBytes(r, 32), bigIntToBytes(s, 32)]
      expect(outcome(() => recoverPublicKey(hash, parity, left, right))).toEqual(
        outcome(() => ecrecover(hash, parity, left, right)),
      )
    }),
    { numRuns: 200 },
  )
})

it('signs in the form [recovery id, r, s]', () => {
  const key = new Uint8Array(32).fill(7)
  const hash = keccak256(Uint8Array.of(1))
  const sign = fastCrypto.ecsign as unknown as (hash: Uint8Array, key: Uint8Array) => Uint8Array
  const signature = sign(hash, key)
  const publicKey = recoverPublicKey(hash, BigInt(signature[0]!), signature.slice(1, 33), signature.slice(33))
  expect(publicKey).toEqual(
    recoverPublicKey(hash, BigInt(27 + signature[0]!), signature.slice(1, 33), signature.slice(33)),
  )
  expect(signature).toHaveLength(65)
})
