import { type Authorization, hexToBytes, tags } from '@crema/protocol'
import { chainOf } from './chain.ts'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'

const tag = hexToBytes(tags.authorization)

/** Entry i: the chain of the authorizations that are left after i of them. `H(authorization, chainId, address, nonce, yParity, r, s, rest)`, end 0. */
export function authorizationChain(items: readonly Authorization[]): Uint8Array[] {
  return chainOf(items, ({ chainId, address, nonce, yParity, r, s }, rest) =>
    hashWordBytes(tag, encodeWords([chainId, BigInt(address), nonce, yParity, r, s, rest])),
  )
}
