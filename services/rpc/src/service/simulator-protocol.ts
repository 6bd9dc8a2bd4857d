import type { CallRequest } from '@crema/execution'
import type { L2ChainConfig, LogFilter } from '@crema/protocol'
import type { FeeHistoryQuery } from '../ports.ts'

/** What a thread is started with. */
export interface WorkerSetup {
  /** Path of the node's database, opened for reading only. */
  readonly database: string
  readonly config: L2ChainConfig
}

/** What the thread is asked; one at a time. */
export type WorkerRequest =
  | { readonly type: 'call'; readonly call: CallRequest }
  | { readonly type: 'logs'; readonly filter: LogFilter }
  | { readonly type: 'feeHistory'; readonly query: FeeHistoryQuery }

/** What it says: that it is up, or how it went. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly result: unknown }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
