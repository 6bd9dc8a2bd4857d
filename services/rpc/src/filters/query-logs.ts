import type { LocatedLog } from '@crema/protocol'
import { RpcError, rpcError, rpcErrors } from '../errors.ts'
import { toQuantity } from '../format/quantity.ts'
import type { RpcLimits } from '../limits.ts'
import type { BlockId } from '../params/block-id.ts'
import type { LogCriteria } from '../params/log-filter.ts'
import type { ChainScans } from '../ports.ts'
import type { CallQueue } from '../simulate/call-queue.ts'
import { type ChainView, tagNumber } from '../state/resolve-block.ts'

/** What logs are searched with. */
export interface LogsView extends ChainView {
  readonly scans: ChainScans
  readonly calls: CallQueue
  readonly limits: Pick<RpcLimits, 'logsMaxRange' | 'logsMaxResults'>
}

/**
 * Logs that match. Throws `-32602` for a range that is reversed or beyond the head, and `-32005` with a range that would work,
 * in the words that indexers parse, when the range or the result is too large.
 */
export async function queryLogs(view: LogsView, criteria: LogCriteria): Promise<LocatedLog[]> {
  const { limits } = view
  const { fromBlock, toBlock } = range(view, criteria)
  if (toBlock - fromBlock >= limits.logsMaxRange) {
    throw tooMany(
      `query exceeds the range of ${limits.logsMaxRange} blocks`,
      fromBlock,
      fromBlock + limits.logsMaxRange - 1n,
    )
  }
  const { addresses, topics } = criteria
  const filter = { fromBlock, toBlock, addresses, topics, limit: limits.logsMaxResults }
  const logs = await view.calls.run((signal) => view.scans.logs(filter, signal))
  // Another block may have taken the number since it was looked up.
  if (criteria.blockHash !== undefined && logs.some(({ blockHash }) => blockHash !== criteria.blockHash)) {
    throw rpcError('unknownBlock')
  }
  if (logs.length > limits.logsMaxResults) {
    const overflow = logs[limits.logsMaxResults]!.blockNumber
    const end = overflow > fromBlock ? overflow - 1n : fromBlock
    throw tooMany(`query returned more than ${limits.logsMaxResults} results`, fromBlock, end)
  }
  return logs
}

function range(view: ChainView, criteria: LogCriteria): { fromBlock: bigint; toBlock: bigint } {
  if (criteria.blockHash !== undefined) {
    const header = view.chain.headerByHash(criteria.blockHash)
    if (header === undefined) throw rpcError('unknownBlock')
    return { fromBlock: header.number, toBlock: header.number }
  }
  const head = view.chain.heads().latest.number
  const fromBlock = resolve(view, criteria.fromBlock, head)
  const toBlock = resolve(view, criteria.toBlock, head)
  if (fromBlock > toBlock) throw rpcError('invalidBlockRange')
  if (toBlock > head) throw rpcError('blockRangeBeyondHead')
  return { fromBlock: fromBlock < view.genesisNumber ? view.genesisNumber : fromBlock, toBlock }
}

function resolve(view: ChainView, id: BlockId | undefined, head: bigint): bigint {
  if (id === undefined) return head
  if (id.kind === 'number') return id.number
  return id.kind === 'tag' ? tagNumber(view, id.tag) : head
}

function tooMany(what: string, from: bigint, to: bigint): RpcError {
  const range = `[${toQuantity(from)}, ${toQuantity(to)}]`
  return new RpcError(rpcErrors.limitExceeded.code, `${what}. Try with this block range ${range}.`)
}
