import {
  type Address,
  type BlockTransaction,
  type Deposit,
  type DepositTransaction,
  depositTransaction,
  encodeTransaction,
  floorGas,
  intrinsicGas,
  keccak256Hex,
} from '@crema/protocol'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { smaller } from '../bigint.ts'
import { beginTransaction, endTransaction } from '../transaction/finish.ts'
import type { Message, Outcome } from '../transaction/message.ts'
import { runMessage } from '../transaction/run-message.ts'
import type { ExecutionContext } from './execution-context.ts'

/** A deposit as it enters the block, and what it did. */
export interface ExecutedDeposit {
  readonly transaction: BlockTransaction
  readonly outcome: Outcome
}

/**
 * Executes a deposit (docs/protocol/deposits.md). It is never invalid: the mint and the nonce's step stand whatever follows, and one
 * that fails, for lack of value or in the EVM, uses all its gas.
 */
export async function executeDeposit(
  context: ExecutionContext,
  deposit: Deposit,
  portal: Address,
): Promise<ExecutedDeposit> {
  const decoded = depositTransaction(deposit, portal)
  const raw = encodeTransaction(decoded)
  const outcome = await applyDeposit(context, decoded)
  return { transaction: { hash: keccak256Hex(raw), raw, decoded, from: deposit.from }, outcome }
}

async function applyDeposit({ engine, block }: ExecutionContext, deposit: DepositTransaction): Promise<Outcome> {
  const message = toMessage(deposit)
  await beginTransaction(engine)
  const sender = (await engine.state.getAccount(message.from)) ?? new Account()
  sender.balance += deposit.mint
  sender.nonce += 1n
  await engine.evm.journal.putAccount(message.from, sender)
  const runs = sender.balance >= message.value && message.gasLimit >= message.intrinsicGas
  const outcome = runs ? await runMessage(engine, block, message) : refused(sender.balance < message.value)
  await endTransaction(engine, outcome.destroyed)
  return outcome.success ? outcome : { ...outcome, gasUsed: message.gasLimit }
}

function toMessage(deposit: DepositTransaction): Message {
  return {
    from: createAddressFromString(deposit.from),
    to: deposit.to === undefined ? undefined : createAddressFromString(deposit.to),
    gasLimit: deposit.gasLimit,
    intrinsicGas: intrinsicGas(deposit),
    floorGas: smaller(floorGas(deposit.data), deposit.gasLimit),
    gasPrice: 0n,
    value: deposit.value,
    data: deposit.data,
    accessList: [],
    authorizationList: [],
  }
}

function refused(lacksValue: boolean): Outcome {
  const error = lacksValue ? 'insufficient balance for value' : 'intrinsic gas too low'
  const nothing = { logs: [], output: new Uint8Array(0), createdAddress: undefined, destroyed: [] }
  return { success: false, gasUsed: 0n, error, ...nothing }
}
