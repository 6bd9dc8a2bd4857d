import type { Method } from '../../context.ts'
import { RpcError, rpcError, rpcErrors } from '../../errors.ts'
import { logCriteria } from '../../params/log-filter.ts'
import { boolean, optional, required, string } from '../../params/primitives.ts'

/** `eth_subscribe(kind, options)` over WebSocket: `newHeads`, `logs`, `newPendingTransactions`. */
export const subscribe: Method = (_context, params, { subscriptions }) => {
  if (subscriptions === undefined) throw rpcError('notificationsUnsupported')
  const kind = required(params, 0, string)
  if (kind === 'newHeads') return subscriptions.create({ kind })
  if (kind === 'newPendingTransactions') {
    return subscriptions.create({ kind, full: optional(params, 1, boolean, false) })
  }
  if (kind === 'logs') return subscriptions.create({ kind, criteria: optional(params, 1, logCriteria, everyLog) })
  throw new RpcError(
    rpcErrors.methodNotFound.code,
    `no ${JSON.stringify(kind.slice(0, 100))} subscription in eth namespace`,
  )
}

const everyLog = logCriteria({}, 1)

/** `eth_unsubscribe(id)` */
export const unsubscribe: Method = (_context, params, { subscriptions }) => {
  if (subscriptions === undefined) throw rpcError('notificationsUnsupported')
  if (!subscriptions.cancel(required(params, 0, string))) throw rpcError('subscriptionNotFound')
  return true
}
