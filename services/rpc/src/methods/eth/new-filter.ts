import type { Method, RpcContext } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import type { LogCriteria } from '../../params/log-filter.ts'
import { logCriteria } from '../../params/log-filter.ts'
import { required } from '../../params/primitives.ts'
import { tagNumber } from '../../state/resolve-block.ts'

/** `eth_newFilter(filter)`: id of a filter that gathers logs, also of blocks that leave the chain (`removed: true`). */
export const newFilter: Method = (context, params) => {
  const criteria = required(params, 0, logCriteria)
  const from = bound(context, criteria.fromBlock)
  const to = bound(context, criteria.toBlock)
  if (from !== undefined && to !== undefined && from > to) throw rpcError('invalidBlockRange')
  return context.filters.create({
    kind: 'logs',
    criteria,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
}

/** `eth_newBlockFilter()` */
export const newBlockFilter: Method = (context) => context.filters.create({ kind: 'blocks' })

/** `eth_newPendingTransactionFilter()` */
export const newPendingTransactionFilter: Method = (context) => context.filters.create({ kind: 'pending' })

/** Numbers and `earliest` bound a filter; `latest` and the other moving tags leave the end open. */
function bound(context: RpcContext, id: LogCriteria['fromBlock']): bigint | undefined {
  if (id === undefined) return undefined
  if (id.kind === 'number') return id.number
  return id.tag === 'earliest' ? tagNumber(context, id.tag) : undefined
}
