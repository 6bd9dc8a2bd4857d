import { bytesToHex, keccak256Hex, type Log, logsBloom } from '@crema/protocol'
import { deleteAccount } from '../../state/accounts.ts'
import { trimCaches } from '../../state/caches.ts'
import { type Machine, type MachineLog, status } from '../../state/machine.ts'
import { wordBytes } from '../../state/words.ts'
import { microOp } from '../micro-op.ts'
import { addressHex } from './new-transaction.ts'

/** TX_SD: deletes one contract that destroyed itself (EIP-6780); without one, goes on. */
export function txSelfdestruct(m: Machine): undefined {
  const { t, x } = m
  if (t.destroyed === undefined) {
    x.op = t.logs.length > 0 ? microOp.txBloom : microOp.txReceipt
    x.i = 0
    return
  }
  m.witness?.committed.destroyed()
  deleteAccount(m, t.destroyed.address)
  t.destroyed = t.destroyed.next
}

/** TX_RECEIPT: the receipt, and the end of the segment. */
export function txReceipt(m: Machine): undefined {
  const { t, b, x, body } = m
  m.witness?.committed.recordLeaf()
  b.cumulativeGas += BigInt(t.gasUsed)
  const logs = t.logs.map(toLog)
  body.receipts.push({
    type: t.type,
    status: t.success ? 1 : 0,
    cumulativeGasUsed: b.cumulativeGas,
    logsBloom: logs.length === 0 ? emptyBloom : logsBloom(logs),
    logs,
    gasUsed: BigInt(t.gasUsed),
    effectiveGasPrice: t.gasPrice,
    contractAddress: t.created === undefined ? undefined : addressHex(t.created),
  })
  m.records.push(t.logs)
  body.transactions.push({ hash: keccak256Hex(t.transaction!.raw), ...t.transaction! })
  trimCaches(m.caches)
  x.op = microOp.opcode
  m.status = status.segmentEnd
}

const emptyBloom = `0x${'00'.repeat(256)}` as const

function toLog({ address, topics, data }: MachineLog): Log {
  return {
    address: addressHex(address),
    topics: topics.map((topic) => bytesToHex(wordBytes(topic))),
    data: bytesToHex(data),
  }
}
