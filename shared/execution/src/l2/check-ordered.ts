import type { OrderedTransaction, SkipReason } from '@crema/protocol'
import type { Address } from '@ethereumjs/util'
import { Account } from '@ethereumjs/util'
import { isDelegation } from '../transaction/delegation.ts'
import type { ExecutionContext } from './execution-context.ts'
import { feeCap } from './fees.ts'

/** Why an ordered transaction is skipped, and what was compared. */
export interface Skip {
  readonly reason: SkipReason
  readonly detail: string
}

const MAX_NONCE = 2n ** 64n - 1n

/**
 * The checks that depend on block and state, in the order of `skipReasons`; those that depend on the bytes alone come before
 * (`classify`). Returns the sender's account when the transaction is to be executed.
 */
export async function checkOrdered(
  { engine, baseFee, gasLimit }: ExecutionContext,
  transaction: OrderedTransaction,
  from: Address,
  gasUsed: bigint,
): Promise<Skip | Account> {
  const left = gasLimit - gasUsed
  if (transaction.gasLimit > left) return skip('gas-limit-exceeds-block', transaction.gasLimit, left)
  const cap = feeCap(transaction)
  if (cap < baseFee) return skip('fee-cap-below-base-fee', cap, baseFee)
  const account = (await engine.state.getAccount(from)) ?? new Account()
  if (account.isContract() && !isDelegation(await engine.state.getCode(from))) {
    return { reason: 'sender-not-eoa', detail: 'the sender has code (EIP-3607)' }
  }
  if (transaction.nonce < account.nonce) return skip('nonce-too-low', transaction.nonce, account.nonce)
  if (transaction.nonce > account.nonce) return skip('nonce-too-high', transaction.nonce, account.nonce)
  if (account.nonce === MAX_NONCE) return { reason: 'nonce-max', detail: 'the nonce cannot be raised (EIP-2681)' }
  const cost = transaction.gasLimit * cap + transaction.value
  if (account.balance < cost) return skip('insufficient-funds', account.balance, cost)
  return account
}

function skip(reason: SkipReason, has: bigint, bound: bigint): Skip {
  return { reason, detail: `${has} against ${bound}` }
}
