import { readAccount } from '../../state/accounts.ts'
import { type Frame, kind } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge, expand, memorySlice } from '../../state/memory.ts'
import { pop } from '../../state/stack.ts'
import { toAddress } from '../../state/words.ts'
import { microOp } from '../micro-op.ts'
import { accessAccount } from '../osp-state/access.ts'
import { halt } from './halt.ts'

const VALUE_GAS = 9_000
const NEW_ACCOUNT_GAS = 25_000
const MAX_GAS = BigInt(Number.MAX_SAFE_INTEGER)

export function call(m: Machine, f: Frame): undefined {
  const gas = pop(f)
  const target = toAddress(pop(f))
  const value = pop(f)
  if (f.isStatic && value !== 0n) return halt(m)
  if (!beginCall(m, f, gas, target, value)) return halt(m)
  const isNew = value !== 0n && readAccount(m, target) === undefined
  if (isNew && !charge(f, NEW_ACCOUNT_GAS)) return halt(m)
  const { x } = m
  x.kind = kind.call
  x.address = target
  x.caller = f.address
  x.value = value
  x.isStatic = f.isStatic
}

export function callcode(m: Machine, f: Frame): undefined {
  const gas = pop(f)
  const target = toAddress(pop(f))
  const value = pop(f)
  if (!beginCall(m, f, gas, target, value)) return halt(m)
  const { x } = m
  x.kind = kind.callCode
  x.address = f.address
  x.caller = f.address
  x.value = value
  x.isStatic = f.isStatic
}

export function delegatecall(m: Machine, f: Frame): undefined {
  const gas = pop(f)
  if (!beginCall(m, f, gas, toAddress(pop(f)), 0n)) return halt(m)
  const { x } = m
  x.kind = kind.delegateCall
  x.address = f.address
  x.caller = f.caller
  x.value = f.value
  x.isStatic = f.isStatic
}

export function staticcall(m: Machine, f: Frame): undefined {
  const gas = pop(f)
  const target = toAddress(pop(f))
  if (!beginCall(m, f, gas, target, 0n)) return halt(m)
  const { x } = m
  x.kind = kind.staticCall
  x.address = target
  x.caller = f.address
  x.value = 0n
  x.isStatic = true
}

/** CALL_1: windows, memory, access and value; false when gas does not suffice. The requested gas waits in X. */
function beginCall(m: Machine, f: Frame, gas: bigint, target: bigint, value: bigint): boolean {
  const inOff = pop(f)
  const inLen = pop(f)
  const retOff = pop(f)
  const retLen = pop(f)
  if (!expand(f, inOff, inLen) || !expand(f, retOff, retLen)) return false
  if (!accessAccount(m, f, target)) return false
  if (value !== 0n && !charge(f, VALUE_GAS)) return false
  const { x } = m
  x.op = microOp.callDelegation
  x.delegated = false
  // More than there is anyway.
  x.gas = gas > MAX_GAS ? Number.MAX_SAFE_INTEGER : Number(gas)
  x.codeAddress = target
  x.source = memorySlice(f, inOff, inLen)
  x.retOff = retLen === 0n ? 0 : Number(retOff)
  x.retLen = Number(retLen)
  return true
}
