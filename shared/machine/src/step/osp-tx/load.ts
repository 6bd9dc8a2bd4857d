import { keccak256Hex, type OrderedTransaction, type SkipReason } from '@crema/protocol'
import { type Machine, status } from '../../state/machine.ts'
import { microOp } from '../micro-op.ts'
import { classifyEntry } from './classify-entry.ts'
import { newTransaction } from './new-transaction.ts'
import { noteEntry } from './note-segment.ts'

/** TX_LOAD: decodes a copy of entry X.i, whose bytes are X's source, and recovers its sender; skips it for the stateless reasons. */
export function txLoad(m: Machine): undefined {
  const { x } = m
  const raw = new Uint8Array(x.source)
  if (m.witness !== undefined) noteEntry(m.witness, m)
  const loaded = classifyEntry(raw, m.rules)
  if ('skip' in loaded) return skip(m, loaded.skip, loaded.detail)
  const { ok, sender, blobs } = loaded
  m.t = newTransaction(m, ok, raw, BigInt(sender))
  m.t.gasPrice = effectiveGasPrice(ok, m.b.baseFee)
  m.t.tip = m.t.gasPrice - m.b.baseFee
  m.t.feeCap = 'gasPrice' in ok ? ok.gasPrice : ok.maxFeePerGas
  if (blobs !== undefined) {
    m.t.type = 3
    m.t.blobs = blobs
  }
  x.op = microOp.txBuy
}

/** Ends the segment without a receipt or a change of state. */
export function skip(m: Machine, reason: SkipReason, detail: string): undefined {
  const { x } = m
  m.body.skipped.push({ entryIndex: x.i, hash: keccak256Hex(x.source), reason, detail })
  x.op = microOp.opcode
  m.status = status.segmentEnd
}

/** What a transaction pays per gas, base fee included (EIP-1559); meaningless below the base fee, which skips. */
function effectiveGasPrice(transaction: OrderedTransaction, baseFee: bigint): bigint {
  if (transaction.type === 0 || transaction.type === 1) return transaction.gasPrice
  const { maxPriorityFeePerGas, maxFeePerGas } = transaction
  const price = baseFee + maxPriorityFeePerGas
  return price < maxFeePerGas ? price : maxFeePerGas
}
