import { floorGas, intrinsicGas, type OrderedTransaction } from '@crema/protocol'
import { type Account, type Address, createAddressFromString } from '@ethereumjs/util'
import { beginTransaction, credit, endTransaction } from '../transaction/finish.ts'
import type { Message, Outcome } from '../transaction/message.ts'
import { runMessage } from '../transaction/run-message.ts'
import type { ExecutionContext } from './execution-context.ts'
import { effectiveGasPrice } from './fees.ts'

/**
 * Executes an ordered transaction that passed every check. `sender` is its account. The base fee and what is paid above it go to the
 * context's payees.
 */
export async function executeOrdered(
  { engine, block, baseFee, payees }: ExecutionContext,
  transaction: OrderedTransaction,
  from: Address,
  sender: Account,
): Promise<Outcome> {
  const message = toMessage(transaction, from, effectiveGasPrice(transaction, baseFee))
  await beginTransaction(engine)
  sender.balance -= message.gasLimit * message.gasPrice
  sender.nonce += 1n
  await engine.evm.journal.putAccount(from, sender)
  const outcome = await runMessage(engine, block, message)
  await credit(engine, from, (message.gasLimit - outcome.gasUsed) * message.gasPrice)
  await credit(engine, payees.tip, outcome.gasUsed * (message.gasPrice - baseFee))
  if (payees.baseFee !== undefined) await credit(engine, payees.baseFee, outcome.gasUsed * baseFee)
  await endTransaction(engine, outcome.destroyed)
  return outcome
}

function toMessage(transaction: OrderedTransaction, from: Address, gasPrice: bigint): Message {
  return {
    from,
    to: transaction.to === undefined ? undefined : createAddressFromString(transaction.to),
    gasLimit: transaction.gasLimit,
    intrinsicGas: intrinsicGas(transaction),
    floorGas: floorGas(transaction.data),
    gasPrice,
    value: transaction.value,
    data: transaction.data,
    accessList: transaction.type === 0 ? [] : transaction.accessList,
    authorizationList: transaction.type === 4 ? transaction.authorizationList : [],
  }
}
