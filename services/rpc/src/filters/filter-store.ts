import { randomBytes } from 'node:crypto'
import type { Hash, LocatedLog } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import type { Feed, FeedBlock } from '../feed.ts'
import { formatLog, type RpcLog } from '../format/log.ts'
import type { RpcLimits } from '../limits.ts'
import type { LogCriteria } from '../params/log-filter.ts'
import { matchesLog } from './match.ts'

/** What a polled filter watches. */
export type FilterKind =
  | { readonly kind: 'blocks' }
  | { readonly kind: 'pending' }
  /** Bounds are block numbers, undefined for an open end. */
  | { readonly kind: 'logs'; readonly criteria: LogCriteria; readonly from?: bigint; readonly to?: bigint }

/** Filters that clients poll (`eth_newFilter` and its kin). */
export interface FilterStore {
  readonly size: number
  /** Id of the new filter. Throws `limit exceeded` when there are too many. */
  create(kind: FilterKind): string
  /** What happened since the last poll. Throws `filter not found` for an unknown, expired or overflown filter. */
  changes(id: string): readonly (Hash | RpcLog)[]
  /** The filter itself. Throws `filter not found`. */
  get(id: string): FilterKind
  uninstall(id: string): boolean
  close(): void
}

interface Filter {
  readonly kind: FilterKind
  results: (Hash | RpcLog)[]
  polledAt: number
}

/** Makes a {@link FilterStore} fed by `feed`. A filter that nobody polls, or that gathers too much, is dropped. */
export function createFilterStore(
  feed: Feed,
  limits: Pick<RpcLimits, 'maxFilters' | 'filterTimeout' | 'maxFilterResults'>,
  now: () => number,
): FilterStore {
  const filters = new Map<string, Filter>()

  const expire = () => {
    const oldest = now() - limits.filterTimeout
    for (const [id, filter] of filters) if (filter.polledAt < oldest) filters.delete(id)
  }
  const add = (id: string, filter: Filter, items: readonly (Hash | RpcLog)[]) => {
    if (filter.results.length + items.length > limits.maxFilterResults) filters.delete(id)
    else filter.results.push(...items)
  }
  const addLogs = (block: FeedBlock, removed: boolean) => {
    for (const [id, filter] of filters) {
      const { kind } = filter
      if (kind.kind !== 'logs') continue
      const logs = block.logs().filter((log) => inBounds(kind, log) && matchesLog(kind.criteria, log))
      if (logs.length > 0)
        add(
          id,
          filter,
          logs.map((log) => formatLog(log, removed)),
        )
    }
  }
  const addHash = (kind: 'blocks' | 'pending', hash: Hash) => {
    for (const [id, filter] of filters) if (filter.kind.kind === kind) add(id, filter, [hash])
  }
  const find = (id: string): Filter => {
    expire()
    const filter = filters.get(id)
    if (filter === undefined) throw rpcError('filterNotFound')
    filter.polledAt = now()
    return filter
  }
  const stop = feed.on((event) => {
    if (filters.size === 0) return
    if (event.type === 'pending') addHash('pending', event.entry.hash)
    if (event.type === 'removed') for (const block of event.blocks) addLogs(block, true)
    if (event.type !== 'block') return
    expire()
    addHash('blocks', event.block.block.hash)
    addLogs(event.block, false)
  })

  return {
    get size() {
      return filters.size
    },
    create(kind) {
      expire()
      if (filters.size >= limits.maxFilters) throw rpcError('limitExceeded', 'too many filters')
      const id = `0x${randomBytes(16).toString('hex').replace(/^0+/, '') || '0'}`
      filters.set(id, { kind, results: [], polledAt: now() })
      return id
    },
    changes(id) {
      const filter = find(id)
      const { results } = filter
      filter.results = []
      return results
    },
    get: (id) => find(id).kind,
    uninstall: (id) => filters.delete(id),
    close: stop,
  }
}

function inBounds({ from, to }: Extract<FilterKind, { kind: 'logs' }>, log: LocatedLog): boolean {
  return (from === undefined || log.blockNumber >= from) && (to === undefined || log.blockNumber <= to)
}
