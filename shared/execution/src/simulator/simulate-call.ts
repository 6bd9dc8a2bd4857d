import {
  type AccessListEntry,
  type Address,
  bytesToHex,
  type DecodedTransaction,
  floorGas,
  hexToBytes,
  intrinsicGas,
} from '@crema/protocol'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { toLog } from '../l2/receipt.ts'
import { beginTransaction, endTransaction } from '../transaction/finish.ts'
import type { Message, Outcome } from '../transaction/message.ts'
import { runMessage } from '../transaction/run-message.ts'
import type { CallMessage, CallRequest, CallResult } from '../types.ts'
import { contextBlock, type Engine } from '../vm/engine.ts'
import { applyOverrides } from './apply-overrides.ts'

/**
 * Runs a call as `eth_call` does: on the state after the header's block and in that block's context. The value must be covered, the gas only
 * when a price is named; without one BASEFEE reads 0. Nonce and sender's code are not checked.
 */
export async function simulateCall(engine: Engine, request: CallRequest): Promise<CallResult> {
  const message = toMessage(request.message)
  const block = contextBlock(engine.common, contextOf(request))
  await applyOverrides(engine.state, request.stateOverrides ?? new Map())
  await beginTransaction(engine)
  engine.evm.journal.startReportingAccessList()
  const refusal = await buy(engine, message)
  const outcome = refusal ?? (await runMessage(engine, block, message))
  const accessList = touched(engine, message)
  await endTransaction(engine)
  return {
    success: outcome.success,
    output: bytesToHex(outcome.output),
    gasUsed: outcome.gasUsed,
    error: outcome.error,
    logs: outcome.logs.map(toLog),
    accessList,
  }
}

function contextOf({ header, message, blockOverrides = {} }: CallRequest): Parameters<typeof contextBlock>[1] {
  return {
    number: blockOverrides.number ?? header.number,
    timestamp: blockOverrides.timestamp ?? header.timestamp,
    coinbase: blockOverrides.feeRecipient ?? header.miner,
    gasLimit: blockOverrides.gasLimit ?? header.gasLimit,
    baseFeePerGas: blockOverrides.baseFeePerGas ?? (message.gasPrice === 0n ? 0n : (header.baseFeePerGas ?? 0n)),
    prevRandao: blockOverrides.prevRandao ?? header.mixHash,
  }
}

/** Takes the gas's price from the sender and raises its nonce, or says why the call cannot be made. */
async function buy({ evm, state }: Engine, message: Message): Promise<Outcome | undefined> {
  const sender = (await state.getAccount(message.from)) ?? new Account()
  const cost = message.gasLimit * message.gasPrice
  if (sender.balance < cost + message.value) return refused('insufficient funds for gas * price + value')
  const least = message.intrinsicGas > message.floorGas ? message.intrinsicGas : message.floorGas
  if (message.gasLimit < least) return refused('intrinsic gas too low')
  sender.balance -= cost
  sender.nonce += 1n
  await evm.journal.putAccount(message.from, sender)
  return undefined
}

function refused(error: string): Outcome {
  const nothing = { logs: [], output: new Uint8Array(0), createdAddress: undefined, destroyed: [] }
  return { success: false, gasUsed: 0n, error, ...nothing }
}

function toMessage(call: CallMessage): Message {
  const accessList = call.accessList ?? []
  const authorizationList = call.authorizationList ?? []
  const shape = {
    type: 4,
    to: call.to,
    data: call.data,
    accessList,
    authorizationList,
  } as unknown as DecodedTransaction
  return {
    from: createAddressFromString(call.from),
    to: call.to === undefined ? undefined : createAddressFromString(call.to),
    gasLimit: call.gas,
    intrinsicGas: intrinsicGas(shape),
    floorGas: floorGas(call.data),
    gasPrice: call.gasPrice,
    value: call.value,
    data: call.data,
    accessList,
    authorizationList,
  }
}

/** What the call touched, without what is warm anyway: sender, target and precompiles (unless their storage was touched). */
function touched({ evm }: Engine, message: Message): AccessListEntry[] {
  const free = new Set<string>([...evm.precompiles.keys(), bytesToHex(message.from.bytes).slice(2)])
  if (message.to !== undefined) free.add(bytesToHex(message.to.bytes).slice(2))
  return [...(evm.journal.accessList ?? [])]
    .map(([address, slots]) => ({
      address: `0x${address}` as Address,
      storageKeys: [...slots].map((slot) => bytesToHex(padded(slot))).sort(),
    }))
    .filter(({ address, storageKeys }) => storageKeys.length > 0 || !free.has(address.slice(2)))
    .sort((left, right) => (left.address < right.address ? -1 : 1))
}

function padded(slot: string): Uint8Array {
  return hexToBytes(`0x${slot.padStart(64, '0')}`)
}
