import { noAccount, readAccount, writeAccount } from '../../state/accounts.ts'
import { codeOf, delegationTarget, hasCode } from '../../state/code.ts'
import type { Machine } from '../../state/machine.ts'
import type { TrieAccount } from '../../trie/account.ts'
import { microOp } from '../micro-op.ts'
import { skip } from './load.ts'

const MAX_NONCE = 2n ** 64n - 1n
const BLOB_GAS = 131_072n

/** TX_BUY: the checks on block and state in the order of `skipReasons`; then gas is paid for and the nonce raised. */
export function txBuy(m: Machine): undefined {
  const { t, b, x } = m
  const gasLimit = BigInt(t.gasLimit)
  const left = b.gasLimit - b.cumulativeGas
  if (gasLimit > left) return skip(m, 'gas-limit-exceeds-block', against(gasLimit, left))
  if (t.feeCap < b.baseFee) return skip(m, 'fee-cap-below-base-fee', against(t.feeCap, b.baseFee))
  const account = readAccount(m, t.origin) ?? noAccount
  if (!mayOriginate(m, account)) return skip(m, 'sender-not-eoa', 'the sender has code (EIP-3607)')
  if (t.nonce < account.nonce) return skip(m, 'nonce-too-low', against(t.nonce, account.nonce))
  if (t.nonce > account.nonce) return skip(m, 'nonce-too-high', against(t.nonce, account.nonce))
  if (account.nonce === MAX_NONCE) return skip(m, 'nonce-max', 'the nonce cannot be raised (EIP-2681)')
  const blobs = blobCost(m)
  if (blobs === undefined) return skip(m, 'fee-cap-below-base-fee', 'too many blobs, or a blob fee too low')
  const cost = gasLimit * t.feeCap + t.value + blobs.most
  if (account.balance < cost) return skip(m, 'insufficient-funds', against(account.balance, cost))
  const balance = account.balance - gasLimit * t.gasPrice - blobs.fee
  writeAccount(m, t.origin, { ...account, balance, nonce: account.nonce + 1n })
  t.startState = m.state
  x.op = microOp.txWarm
}

/** Accounts without code, and those that only delegate (EIP-3607, EIP-7702). */
function mayOriginate(m: Machine, account: TrieAccount): boolean {
  return !hasCode(account) || delegationTarget(codeOf(m, account)) !== undefined
}

/** What blobs cost at most and now, in wei; undefined when they may not be carried (EIP-4844, EIP-7594; rule set `l1`). */
function blobCost({ t, b, rules }: Machine): { readonly most: bigint; readonly fee: bigint } | undefined {
  const { blobs } = t
  if (blobs === undefined) return { most: 0n, fee: 0n }
  if (blobs.hashes.length > (rules.osaka ? 6 : 9) || blobs.maxFeePerBlobGas < b.blobBaseFee) return undefined
  const gas = BLOB_GAS * BigInt(blobs.hashes.length)
  return { most: gas * blobs.maxFeePerBlobGas, fee: gas * b.blobBaseFee }
}

function against(has: bigint, bound: bigint): string {
  return `${has} against ${bound}`
}
