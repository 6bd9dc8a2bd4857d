import type { RollupConfig } from '@crema/protocol'
import type { Feed } from './feed.ts'
import type { FilterStore } from './filters/filter-store.ts'
import type { FeeView } from './gas/fee-suggestion.ts'
import type { RpcLimits } from './limits.ts'
import type { Admission } from './mempool/admission.ts'
import type { AwaitedReceipts } from './mempool/awaited-receipts.ts'
import type { Pool } from './mempool/pool.ts'
import type { LogCriteria } from './params/log-filter.ts'
import type { CallSimulator, ChainScans, RollupNodePort, SubmissionPort } from './ports.ts'
import type { CallQueue } from './simulate/call-queue.ts'

/** Everything a method may use. */
export interface RpcContext extends FeeView {
  readonly node: RollupNodePort
  readonly simulator: CallSimulator
  readonly scans: ChainScans
  readonly sequencer: SubmissionPort
  readonly config: RollupConfig
  readonly limits: RpcLimits
  readonly pool: Pool
  readonly admission: Admission
  readonly awaited: AwaitedReceipts
  readonly filters: FilterStore
  readonly calls: CallQueue
  readonly feed: Feed
  /** `name/version/platform/runtime`. */
  readonly clientVersion: string
  /** Milliseconds. */
  readonly now: () => number
}

/** Subscriptions of one WebSocket connection. */
export interface Subscriptions {
  /** Id of the new subscription. */
  create(subscription: Subscription): string
  cancel(id: string): boolean
}

/** What `eth_subscribe` asks for. */
export type Subscription =
  | { readonly kind: 'newHeads' }
  | { readonly kind: 'newPendingTransactions'; readonly full: boolean }
  | { readonly kind: 'logs'; readonly criteria: LogCriteria }

/** Who calls: over HTTP there are no subscriptions. */
export interface Caller {
  readonly subscriptions?: Subscriptions
}

/** A JSON-RPC method: the result is any JSON value, bigints already as quantities. Throws `RpcError` for the client's faults. */
export type Method = (context: RpcContext, params: readonly unknown[], caller: Caller) => unknown
