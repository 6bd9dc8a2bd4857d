import { bytesEqual } from '@crema/protocol'
import { debit, noAccount, readAccount, writeAccount } from '../../state/accounts.ts'
import { hasCode } from '../../state/code.ts'
import { type Frame, kind } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge, expand, readMemory } from '../../state/memory.ts'
import { markCreated, warmAddress } from '../../state/scratch.ts'
import { pop, push } from '../../state/stack.ts'
import { emptyCodeHash } from '../../trie/account.ts'
import { emptyRoot } from '../../trie/node.ts'
import { microOp } from '../micro-op.ts'
import { enterFrame, failSoftly, MAX_DEPTH } from '../osp-call/enter.ts'
import { halt } from '../osp-call/halt.ts'
import { leaveTransaction } from '../osp-call/leave.ts'
import { create2Address, createAddress } from './address.ts'

const MAX_INITCODE = 49_152n
const MAX_NONCE = 2n ** 64n - 1n

const nothing = new Uint8Array(0)

export function create(m: Machine, f: Frame): undefined {
  const value = pop(f)
  const offset = pop(f)
  const initcode = takeInitcode(m, f, offset, pop(f), 2)
  if (initcode === undefined) return halt(m)
  const { nonce } = readAccount(m, f.address) ?? noAccount
  beginCreate(m, f, kind.create, value, initcode, createAddress(f.address, nonce))
}

export function create2(m: Machine, f: Frame): undefined {
  const value = pop(f)
  const offset = pop(f)
  const length = pop(f)
  const salt = pop(f)
  const initcode = takeInitcode(m, f, offset, length, 8)
  if (initcode === undefined) return halt(m)
  beginCreate(m, f, kind.create2, value, initcode, create2Address(f.address, salt, initcode))
}

/** The init code, charged by the word (EIP-3860, hashing of CREATE2); undefined when that fails. */
function takeInitcode(m: Machine, f: Frame, offset: bigint, length: bigint, wordGas: number): Uint8Array | undefined {
  if (f.isStatic || length > MAX_INITCODE) return undefined
  if (!expand(f, offset, length)) return undefined
  if (!charge(f, wordGas * Math.ceil(Number(length) / 32))) return undefined
  return readMemory(m, f, offset, length)
}

/** CREATE_1: sets the gas aside (EIP-150). */
function beginCreate(
  { x }: Machine,
  f: Frame,
  createKind: Frame['kind'],
  value: bigint,
  initcode: Uint8Array,
  address: bigint,
): undefined {
  f.returnData = nothing
  x.op = microOp.createNonce
  x.kind = createKind
  x.gas = f.gas - Math.floor(f.gas / 64)
  f.gas -= x.gas
  x.address = address
  x.caller = f.address
  x.value = value
  x.source = initcode
  x.isStatic = false
  x.retOff = 0
  x.retLen = 0
}

/** CREATE_2: balance, nonce and depth, which fail softly; then the creator's nonce is raised. */
export function createNonce(m: Machine): undefined {
  const { f, x } = m
  const creator = readAccount(m, x.caller) ?? noAccount
  if (creator.balance < x.value || creator.nonce === MAX_NONCE || f.depth >= MAX_DEPTH) return failSoftly(m)
  writeAccount(m, x.caller, { ...creator, nonce: creator.nonce + 1n })
  x.op = microOp.createCollision
}

/** CREATE_3: the address gets warm; if something is there, the gas is gone (EIP-684, EIP-7610). */
export function createCollision(m: Machine): undefined {
  const { f, x } = m
  warmAddress(m, x.address)
  const account = readAccount(m, x.address)
  const taken =
    account !== undefined && (account.nonce !== 0n || hasCode(account) || !bytesEqual(account.storageRoot, emptyRoot))
  if (!taken) {
    x.op = microOp.createDebit
    return
  }
  x.op = microOp.opcode
  if (f.depth < 0) leaveTransaction(m, false, 0, nothing)
  else push(f, 0n)
}

/** CREATE_4: takes the endowment from the creator. A failing creation goes back to the state before this. */
export function createDebit(m: Machine): undefined {
  const { x } = m
  x.before = m.state
  debit(m, x.caller, x.value)
  x.op = microOp.createAccount
}

/** CREATE_5: the new account, with nonce 1 (EIP-161) and what it had and is given. */
export function createAccount(m: Machine): undefined {
  const { x } = m
  const { balance } = readAccount(m, x.address) ?? noAccount
  writeAccount(m, x.address, {
    nonce: 1n,
    balance: balance + x.value,
    storageRoot: emptyRoot,
    codeHash: emptyCodeHash,
  })
  x.op = microOp.createEnter
}

/** CREATE_6: runs the init code. */
export function createEnter(m: Machine): undefined {
  const { x } = m
  enterFrame(m, x.source, nothing, x.address)
  markCreated(m, x.address)
}
