import { credit, debit, noAccount, readAccount } from '../../state/accounts.ts'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge } from '../../state/memory.ts'
import { isCreated, warmAddress } from '../../state/scratch.ts'
import { pop } from '../../state/stack.ts'
import { toAddress } from '../../state/words.ts'
import { microOp } from '../micro-op.ts'
import { COLD_ACCOUNT } from '../osp-state/access.ts'
import { halt } from './halt.ts'
import { stop } from './return.ts'

const NEW_ACCOUNT_GAS = 25_000

/** SD_1: gas and warmth; a contract of this transaction is deleted at its end (EIP-6780). */
export function selfdestruct(m: Machine, f: Frame): undefined {
  if (f.isStatic) return halt(m)
  const heir = toAddress(pop(f))
  if (warmAddress(m, heir) && !charge(f, COLD_ACCOUNT)) return halt(m)
  const { balance } = readAccount(m, f.address) ?? noAccount
  const isNew = balance !== 0n && readAccount(m, heir) === undefined
  if (isNew && !charge(f, NEW_ACCOUNT_GAS)) return halt(m)
  const created = isCreated(m, f.address)
  if (created) m.t.destroyed = { address: f.address, next: m.t.destroyed }
  // Who inherits from itself keeps the balance, unless it is deleted: then the balance is burned.
  if (heir === f.address && !created) return stop(m, f)
  const { x } = m
  x.op = microOp.selfdestructDebit
  x.address = heir
  x.value = balance
}

/** SD_2: empties the contract's balance. */
export function selfdestructDebit(m: Machine): undefined {
  const { f, x } = m
  debit(m, f.address, x.value)
  x.op = microOp.selfdestructCredit
}

/** SD_3: pays the heir, and stops. */
export function selfdestructCredit(m: Machine): undefined {
  const { f, x } = m
  if (x.address !== f.address) credit(m, x.address, x.value)
  stop(m, f)
}
