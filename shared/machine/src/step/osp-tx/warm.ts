import type { Machine } from '../../state/machine.ts'
import { warmAddress, warmSlot } from '../../state/scratch.ts'
import { microOp } from '../micro-op.ts'

/** TX_WARM: the next of the sender, target, coinbase and access list (EIP-2929, 2930, 3651). */
export function txWarm(m: Machine): undefined {
  const { t, x } = m
  m.witness?.committed.warmItem()
  const { address, slot } = t.warm[t.warmed]!
  if (slot === undefined) warmAddress(m, address)
  else warmSlot(m, address, slot)
  t.warmed++
  if (t.warmed < t.warm.length) return
  x.op = t.authorizations.length > 0 ? microOp.txAuth : microOp.txEnter
}
