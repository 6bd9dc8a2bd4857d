import {
  type Address,
  concatBytes,
  encodeRlp,
  type Hash,
  hexToBytes,
  integerToRlp,
  keccak256Hex,
  recoverAddress,
  secp256k1HalfOrder,
} from '@crema/protocol'
import { readAccount } from '../../../../shared/machine/src/state/accounts.ts'
import { delegationTarget, hasCode, loadCode } from '../../../../shared/machine/src/state/code.ts'
import type { Machine } from '../../../../shared/machine/src/state/machine.ts'

/** Why the next authorization of the transaction is void, or what it does (EIP-7702). */
export function authorizationOutcome(m: Machine): string {
  const { chainId, address, nonce, yParity, r, s } = m.t.authorizations[m.t.authorized]!
  if (chainId !== 0n && chainId !== m.rules.chainId) return 'chain-id'
  if (nonce >= 2n ** 64n - 1n) return 'nonce-max'
  if (yParity > 1n) return 'y-parity'
  if (s > secp256k1HalfOrder) return 's-high'
  const signer = recoverAddress(authorizationDigest(chainId, address, nonce), { r, s, yParity: yParity === 1n ? 1 : 0 })
  if (signer === undefined) return 'no-signer'
  const account = readAccount(m, BigInt(signer))
  if (account === undefined) return nonce === 0n ? 'new' : 'nonce'
  const delegates = delegationTarget(loadCode(m, account)) !== undefined
  if (hasCode(account) && !delegates) return 'code'
  if (account.nonce !== nonce) return 'nonce'
  if (BigInt(address) === 0n) return 'cleared'
  if (delegates) return 'redelegated'
  return chainId === 0n ? 'any-chain' : 'existing'
}

/** What an authorization is signed over. */
export function authorizationDigest(chainId: bigint, target: Address, nonce: bigint): Hash {
  const fields = [integerToRlp(chainId), hexToBytes(target), integerToRlp(nonce)]
  return keccak256Hex(concatBytes(Uint8Array.of(5), encodeRlp(fields)))
}
