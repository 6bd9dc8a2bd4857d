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
import { noAccount, readAccount, writeAccount } from '../../state/accounts.ts'
import { codeOf, delegationTarget, delegationTo, hasCode, keepCode } from '../../state/code.ts'
import type { Machine } from '../../state/machine.ts'
import { warmAddress } from '../../state/scratch.ts'
import { microOp } from '../micro-op.ts'

const MAX_NONCE = 2n ** 64n - 1n
/** EIP-7702's MAGIC. */
const MAGIC = Uint8Array.of(5)
/** For an authority that exists: 25,000 less 12,500. */
const REFUND = 12_500

const nothing = new Uint8Array(0)

/** TX_AUTH: the next authorization (EIP-7702); an invalid one is passed over. */
export function txAuth(m: Machine): undefined {
  const { t, x } = m
  m.witness?.committed.authorization()
  authorize(m, t.authorizations[t.authorized]!)
  t.authorized++
  if (t.authorized === t.authorizations.length) x.op = microOp.txEnter
}

function authorize(m: Machine, authorization: Authorization): undefined {
  const { chainId, nonce } = authorization
  if (chainId !== 0n && chainId !== m.rules.chainId) return
  if (nonce >= MAX_NONCE) return
  const authority = recoverAuthority(authorization)
  if (authority === undefined) return
  warmAddress(m, authority)
  const existing = readAccount(m, authority)
  const account = existing ?? noAccount
  if (hasCode(account) && delegationTarget(codeOf(m, account)) === undefined) return
  if (account.nonce !== nonce) return
  if (existing !== undefined) m.t.refund += REFUND
  const target = BigInt(authorization.address)
  const codeHash = keepCode(m, target === 0n ? nothing : delegationTo(target))
  writeAccount(m, authority, { ...account, nonce: account.nonce + 1n, codeHash })
}

/** Who signed an authorization; undefined when nobody did. */
function recoverAuthority({ chainId, address, nonce, yParity, r, s }: Authorization): bigint | undefined {
  if (yParity > 1n || s > secp256k1HalfOrder) return undefined
  const signed = encodeRlp([integerToRlp(chainId), hexToBytes(address), integerToRlp(nonce)])
  const signature = { r, s, yParity: yParity === 1n ? 1 : 0 } as const
  const signer = recoverAddress(keccak256Hex(concatBytes(MAGIC, signed)), signature)
  return signer === undefined ? undefined : BigInt(signer)
}
