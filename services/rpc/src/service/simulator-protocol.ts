import type { CallRequest, CallResult } from '@crema/execution'
import type { L2ChainConfig } from '@crema/protocol'

/** What a simulation thread is started with. */
export interface WorkerSetup {
  /** Path of the node's database, opened for reading only. */
  readonly database: string
  readonly config: L2ChainConfig
}

/** What the thread is asked; one call at a time. */
export type WorkerRequest = CallRequest

/** What it says: that it is up, or how the call went. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly result: CallResult }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
