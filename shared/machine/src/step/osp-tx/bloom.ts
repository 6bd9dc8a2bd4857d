import type { Machine } from '../../state/machine.ts'
import { microOp } from '../micro-op.ts'

/** TX_BLOOM: takes log X.i into the bloom of T. Without commitments it only counts: txReceipt computes the bloom at once. */
export function txBloom(m: Machine): undefined {
  const { t, x } = m
  m.witness?.committed.log(x.i)
  x.i++
  t.bloomed = x.i
  if (x.i >= t.logs.length) x.op = microOp.txReceipt
}
