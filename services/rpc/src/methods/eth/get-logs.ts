import type { Method } from '../../context.ts'
import { queryLogs } from '../../filters/query-logs.ts'
import { formatLog } from '../../format/log.ts'
import { logCriteria } from '../../params/log-filter.ts'
import { required } from '../../params/primitives.ts'

/** `eth_getLogs(filter)` */
export const getLogs: Method = async (context, params) =>
  (await queryLogs(context, required(params, 0, logCriteria))).map((log) => formatLog(log))
