export { createRpc, type Rpc, type RpcDeps } from './app.ts'
export { RpcError, type RpcErrorName, rpcErrors } from './errors.ts'
export { defaultLimits, type RpcLimits } from './limits.ts'
export type {
  AssertionRef,
  AssertionView,
  BatchRef,
  CallObserver,
  CallSimulator,
  ChainScans,
  FeeHistoryQuery,
  NodeEvent,
  RollupNodePort,
  RpcLogger,
  SubmissionPort,
  SyncStatus,
} from './ports.ts'
export { registry } from './registry.ts'
export type { AccessOptions } from './transport/http.ts'
export type { Listening } from './transport/listen.ts'
