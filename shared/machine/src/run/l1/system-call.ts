import { predeploys } from '@crema/protocol'
import { readAccount } from '../../state/accounts.ts'
import { hasCode } from '../../state/code.ts'
import { MachineError } from '../../state/errors.ts'
import { kind } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { dispatch } from '../../step/dispatch.ts'
import { opcode } from '../../step/interpret.ts'
import { microOp } from '../../step/micro-op.ts'
import { addressHex, newTransaction } from '../../step/osp-tx/new-transaction.ts'

/** Caller of the calls at a block's end (EIP-7002, EIP-7251). */
const SYSTEM_ADDRESS = 0xfffffffffffffffffffffffffffffffffffffffen
const SYSTEM_GAS = 30_000_000

const nothing = new Uint8Array(0)

/** Contracts that are called at a block's end, by type of their requests. */
export const requestContracts = {
  1: BigInt(predeploys.withdrawalRequests),
  2: BigInt(predeploys.consolidationRequests),
} as const

/** Calls a contract as the system and returns its output. Throws `MachineError` `SYSTEM_CALL_FAILED` when it has no code or fails. */
export function systemCall(m: Machine, address: bigint): Uint8Array {
  const account = readAccount(m, address)
  if (account === undefined || !hasCode(account)) throw failed(address)
  const message = { type: 0x7e, sourceHash: '0x', from: addressHex(SYSTEM_ADDRESS), mint: 0n, gasLimit: 0n } as const
  m.t = newTransaction(m, { ...message, to: addressHex(address), value: 0n, data: nothing }, nothing, SYSTEM_ADDRESS)
  const { x } = m
  Object.assign(x, {
    op: microOp.callDebit,
    kind: kind.call,
    gas: SYSTEM_GAS,
    delegated: false,
    isStatic: false,
    retOff: 0,
    retLen: 0,
  })
  Object.assign(x, { address, codeAddress: address, caller: SYSTEM_ADDRESS, value: 0n, source: nothing })
  // The frame's end leads to txRefund, which a system call does not have.
  while (x.op !== microOp.txRefund) {
    if (x.op === microOp.opcode) opcode(m)
    else dispatch(m)
  }
  x.op = microOp.opcode
  if (!m.t.success) throw failed(address)
  return m.t.output
}

function failed(address: bigint): MachineError {
  return new MachineError('SYSTEM_CALL_FAILED', `the system call of ${addressHex(address)} failed`)
}
