import type { Method } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { queryLogs } from '../../filters/query-logs.ts'
import { formatLog } from '../../format/log.ts'
import { type Parser, required, string } from '../../params/primitives.ts'

/** Ids are compared without leading zeros, so that clients may pad them. */
const filterId: Parser<string> = (value, index) => `0x${string(value, index).toLowerCase().replace(/^0x0*/, '')}`

/** `eth_getFilterChanges(id)`: what came since the last call. */
export const getFilterChanges: Method = (context, params) => context.filters.changes(required(params, 0, filterId))

/** `eth_getFilterLogs(id)`: all logs that the filter selects, as `eth_getLogs` would. */
export const getFilterLogs: Method = async (context, params) => {
  const filter = context.filters.get(required(params, 0, filterId))
  if (filter.kind !== 'logs') throw rpcError('filterNotFound')
  return (await queryLogs(context, filter.criteria)).map((log) => formatLog(log))
}

/** `eth_uninstallFilter(id)`: whether there was one. */
export const uninstallFilter: Method = (context, params) => context.filters.uninstall(required(params, 0, filterId))
