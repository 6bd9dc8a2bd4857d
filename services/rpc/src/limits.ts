/** Bounds of what one client or one call may cost; sizes in bytes, times in milliseconds. Defaults are geth's where it has one. */
export interface RpcLimits {
  readonly maxBodySize: number
  readonly maxBatchItems: number
  /** After this the calls of a batch that have not begun are refused. */
  readonly batchTimeout: number
  readonly maxResponseSize: number
  /** Gas of `eth_call` and the ceiling of `eth_estimateGas`. */
  readonly callGasCap: bigint
  readonly callTimeout: number
  /** Simulations and searches of the chain that run at once, and how many may wait behind them. */
  readonly callConcurrency: number
  readonly callQueue: number
  readonly logsMaxRange: bigint
  readonly logsMaxResults: number
  readonly feeHistoryMaxBlocks: number
  /** Slots of one `eth_getProof` or `eth_getStorageValues`. */
  readonly maxStorageSlots: number
  readonly maxFilters: number
  readonly filterTimeout: number
  /** Results a filter holds between two polls. */
  readonly maxFilterResults: number
  readonly maxConnections: number
  readonly maxSubscriptions: number
  /** Requests of one WebSocket connection that are unanswered at a time. */
  readonly maxInflight: number
  /** Unsent bytes after which a WebSocket consumer counts as too slow. */
  readonly maxBuffered: number
  readonly pingInterval: number
  /** Wei that one transaction may spend on fees. */
  readonly feeCap: bigint
  readonly poolSize: number
  /** Transactions of one sender in the pool. */
  readonly poolPerSender: number
  readonly poolExpiry: number
  /** Time between looks for transactions that the sequencer has lost. */
  readonly resubmitInterval: number
  /** Time between looks for clients that wait for a block on an idle chain. */
  readonly wakeInterval: number
  /** Longest wait of `eth_sendRawTransactionSync`. */
  readonly syncMaxTimeout: number
}

/** Defaults of every limit. */
export const defaultLimits: RpcLimits = {
  maxBodySize: 5 * 1024 * 1024,
  maxBatchItems: 1000,
  batchTimeout: 30_000,
  maxResponseSize: 25_000_000,
  callGasCap: 50_000_000n,
  callTimeout: 5_000,
  callConcurrency: 2,
  callQueue: 1_000,
  logsMaxRange: 10_000n,
  logsMaxResults: 10_000,
  feeHistoryMaxBlocks: 1_024,
  maxStorageSlots: 1_024,
  maxFilters: 10_000,
  filterTimeout: 300_000,
  maxFilterResults: 20_000,
  maxConnections: 1_000,
  maxSubscriptions: 1_000,
  maxInflight: 256,
  maxBuffered: 16 * 1024 * 1024,
  pingInterval: 30_000,
  feeCap: 10n ** 18n,
  poolSize: 20_000,
  poolPerSender: 256,
  poolExpiry: 600_000,
  resubmitInterval: 5_000,
  wakeInterval: 2_000,
  syncMaxTimeout: 30_000,
}
