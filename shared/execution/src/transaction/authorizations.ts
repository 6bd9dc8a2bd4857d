import {
  type Authorization,
  concatBytes,
  encodeRlp,
  hexToBytes,
  integerToRlp,
  keccak256Hex,
  recoverAddress,
  secp256k1HalfOrder,
} from '@crema/protocol'
import { Account, type Address, createAddressFromString } from '@ethereumjs/util'
import type { Engine } from '../vm/engine.ts'
import { delegationTo, isDelegation } from './delegation.ts'

const MAX_NONCE = 2n ** 64n - 1n
/** EIP-7702's MAGIC. */
const MAGIC = Uint8Array.of(0x05)
const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000'

/**
 * Applies EIP-7702 authorizations in order; an invalid one is passed over. Returns the gas refund: 12,500 for each authority that
 * existed before.
 */
export async function applyAuthorizations(engine: Engine, list: readonly Authorization[]): Promise<bigint> {
  let refund = 0n
  for (const authorization of list) refund += await applyAuthorization(engine, authorization)
  return refund
}

async function applyAuthorization({ evm, common, state }: Engine, authorization: Authorization): Promise<bigint> {
  if (authorization.chainId !== 0n && authorization.chainId !== common.chainId()) return 0n
  if (authorization.nonce >= MAX_NONCE) return 0n
  const authority = recoverAuthority(authorization)
  if (authority === undefined) return 0n
  evm.journal.addAlwaysWarmAddress(authority.toString())
  const existing = await state.getAccount(authority)
  const account = existing ?? new Account()
  if (account.isContract() && !isDelegation(await state.getCode(authority))) return 0n
  if (account.nonce !== authorization.nonce) return 0n
  account.nonce += 1n
  await evm.journal.putAccount(authority, account)
  await state.putCode(
    authority,
    authorization.address === ZERO_ADDRESS ? new Uint8Array(0) : delegationTo(authorization.address),
  )
  return existing === undefined ? 0n : common.param('perEmptyAccountCost') - common.param('perAuthBaseGas')
}

/** Who signed an authorization; undefined when nobody did. */
export function recoverAuthority(authorization: Authorization): Address | undefined {
  const { chainId, address, nonce, yParity, r, s } = authorization
  if (yParity > 1n || s > secp256k1HalfOrder) return undefined
  const signed = encodeRlp([integerToRlp(chainId), hexToBytes(address), integerToRlp(nonce)])
  const signer = recoverAddress(keccak256Hex(concatBytes(MAGIC, signed)), { r, s, yParity: yParity === 1n ? 1 : 0 })
  return signer === undefined ? undefined : createAddressFromString(signer)
}
