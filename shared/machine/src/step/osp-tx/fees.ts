import { credit } from '../../state/accounts.ts'
import type { Machine } from '../../state/machine.ts'
import { microOp } from '../micro-op.ts'

/** TX_REFUND: settles the gas (refund at most a fifth, EIP-3529; floor, EIP-7623) and pays back what is left. A failed deposit uses all. */
export function txRefund(m: Machine): undefined {
  const { t, x } = m
  const spent = t.gasLimit - t.gasLeft
  const charged = Math.max(spent - Math.min(t.refund, Math.floor(spent / 5)), t.floorGas)
  if (t.type === 0x7e) {
    t.gasUsed = t.success ? Math.min(charged, t.gasLimit) : t.gasLimit
    x.op = microOp.txSelfdestruct
    return
  }
  t.gasUsed = charged
  credit(m, t.origin, BigInt(t.gasLimit - charged) * t.gasPrice)
  x.op = microOp.txTip
}

/** TX_TIP: what is paid above the base fee, to the coinbase. */
export function txTip(m: Machine): undefined {
  const { t, b, x } = m
  credit(m, b.coinbase, BigInt(t.gasUsed) * t.tip)
  x.op = m.rules.baseFeeVault === undefined ? microOp.txSelfdestruct : microOp.txBaseFee
}

/** TX_BASEFEE: the base fee, to its vault. */
export function txBaseFee(m: Machine): undefined {
  const { t, b, x, rules } = m
  credit(m, rules.baseFeeVault!, BigInt(t.gasUsed) * b.baseFee)
  x.op = microOp.txSelfdestruct
}
