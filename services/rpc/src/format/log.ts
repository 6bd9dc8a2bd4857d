import type { LocatedLog } from '@crema/protocol'
import { toQuantity } from './quantity.ts'

/** A log as JSON. `removed` is true when its block left the chain. */
export function formatLog(log: LocatedLog, removed = false) {
  return {
    address: log.address,
    topics: log.topics,
    data: log.data,
    blockNumber: toQuantity(log.blockNumber),
    transactionHash: log.transactionHash,
    transactionIndex: toQuantity(log.transactionIndex),
    blockHash: log.blockHash,
    blockTimestamp: toQuantity(log.blockTimestamp),
    logIndex: toQuantity(log.logIndex),
    removed,
  }
}

/** JSON of a log. */
export type RpcLog = ReturnType<typeof formatLog>
