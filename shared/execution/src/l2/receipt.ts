import { bytesToHex, type Log, logsBloom, type Receipt } from '@crema/protocol'
import type { Outcome, RawLog } from '../transaction/message.ts'

/** The receipt of a transaction of `type` that was executed when the block had used `gasBefore`. */
export function makeReceipt(type: number, outcome: Outcome, gasBefore: bigint, effectiveGasPrice: bigint): Receipt {
  const logs = outcome.logs.map(toLog)
  return {
    type,
    status: outcome.success ? 1 : 0,
    cumulativeGasUsed: gasBefore + outcome.gasUsed,
    logsBloom: logsBloom(logs),
    logs,
    gasUsed: outcome.gasUsed,
    effectiveGasPrice,
    contractAddress: outcome.createdAddress?.toString(),
  }
}

/** A log in the protocol's form. */
export function toLog([address, topics, data]: RawLog): Log {
  return { address: bytesToHex(address), topics: topics.map(bytesToHex), data: bytesToHex(data) }
}
