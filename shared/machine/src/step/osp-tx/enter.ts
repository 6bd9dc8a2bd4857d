import { noAccount, readAccount } from '../../state/accounts.ts'
import { readBytes } from '../../state/bytes.ts'
import { codeOf, delegationTarget } from '../../state/code.ts'
import { kind } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { warmAddress } from '../../state/scratch.ts'
import { microOp } from '../micro-op.ts'
import { leaveTransaction } from '../osp-call/leave.ts'
import { createAddress } from '../osp-create/address.ts'

const nothing = new Uint8Array(0)

/** TX_ENTER: makes X the call or creation that the transaction is. A deposit without the value or the gas fails here. */
export function txEnter(m: Machine): undefined {
  const { t, x } = m
  if (t.type === 0x7e && !canRun(m)) return leaveTransaction(m, false, 0, nothing)
  x.kind = t.to === undefined ? kind.create : kind.call
  x.gas = t.gasLimit - t.intrinsicGas
  x.caller = t.origin
  x.value = t.value
  x.source = t.data
  x.isStatic = false
  x.retOff = 0
  x.retLen = 0
  if (t.to === undefined) {
    x.op = microOp.createCollision
    x.source = readBytes(m, t.data, 0, t.data.length)
    x.address = createAddress(t.origin, t.nonce)
    t.created = x.address
    return
  }
  x.op = microOp.callDebit
  x.address = t.to
  const target = delegationTarget(codeOf(m, readAccount(m, t.to)))
  if (target !== undefined) warmAddress(m, target)
  x.codeAddress = target ?? t.to
  x.delegated = target !== undefined
}

function canRun(m: Machine): boolean {
  const { t } = m
  const { balance } = readAccount(m, t.origin) ?? noAccount
  return balance >= t.value && t.gasLimit >= t.intrinsicGas
}
