/**
 * The one table of JSON-RPC errors: codes and the exact words that clients match (viem's `errors/node.ts`, ethers' `getRpcError`,
 * ponder's log retry helper). Where geth has a text, it is geth's.
 */
export const rpcErrors = {
  parse: { code: -32700, message: 'parse error' },
  invalidRequest: { code: -32600, message: 'invalid request' },
  emptyBatch: { code: -32600, message: 'empty batch' },
  batchTooLarge: { code: -32600, message: 'batch too large' },
  methodNotFound: { code: -32601, message: 'the method does not exist/is not available' },
  notificationsUnsupported: { code: -32601, message: 'notifications not supported' },
  invalidParams: { code: -32602, message: 'invalid argument' },
  missingParam: { code: -32602, message: 'missing value for required argument' },
  storageKeyTooLong: { code: -32602, message: 'storage key too long (want at most 32 bytes)' },
  storageKeyNotHex: { code: -32602, message: 'invalid hex in storage key' },
  blockHashAndRange: {
    code: -32602,
    message: 'invalid argument 0: cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other',
  },
  invalidBlockRange: { code: -32602, message: 'invalid block range params' },
  blockRangeBeyondHead: { code: -32602, message: 'block range extends beyond current head block' },
  emptyStorageRequest: { code: -32602, message: 'empty request' },
  internal: { code: -32603, message: 'internal error' },
  headerNotFound: { code: -32000, message: 'header not found' },
  notCanonical: { code: -32000, message: 'hash is not currently canonical' },
  unknownBlock: { code: -32000, message: 'unknown block' },
  filterNotFound: { code: -32000, message: 'filter not found' },
  subscriptionNotFound: { code: -32000, message: 'subscription not found' },
  executionReverted: { code: 3, message: 'execution reverted' },
  gasRequiredExceedsAllowance: { code: -32000, message: 'gas required exceeds allowance' },
  insufficientFunds: { code: -32000, message: 'insufficient funds for gas * price + value' },
  insufficientFundsForTransfer: { code: -32000, message: 'insufficient funds for transfer' },
  nonceTooLow: { code: -32000, message: 'nonce too low' },
  nonceTooHigh: { code: -32000, message: 'nonce too high' },
  nonceMax: { code: -32000, message: 'nonce has max value' },
  alreadyKnown: { code: -32000, message: 'already known' },
  replacementUnderpriced: { code: -32000, message: 'replacement transaction underpriced' },
  intrinsicGasTooLow: { code: -32000, message: 'intrinsic gas too low' },
  exceedsBlockGasLimit: { code: -32000, message: 'exceeds block gas limit' },
  gasLimitAboveCap: { code: -32000, message: 'gas limit reached: transaction gas limit above the cap of EIP-7825' },
  feeCapBelowBaseFee: { code: -32000, message: 'max fee per gas less than block base fee' },
  tipAboveFeeCap: { code: -32000, message: 'max priority fee per gas higher than max fee per gas' },
  feeAboveCap: { code: -32000, message: 'tx fee exceeds the configured cap' },
  typeNotSupported: { code: -32000, message: 'transaction type not supported' },
  notReplayProtected: { code: -32000, message: 'only replay-protected (EIP-155) transactions allowed over RPC' },
  invalidChainId: { code: -32000, message: 'invalid sender: invalid chain id for signer' },
  invalidSignature: { code: -32000, message: 'invalid sender: invalid transaction v, r, s values' },
  oversized: { code: -32000, message: 'oversized data' },
  initcodeTooLarge: { code: -32000, message: 'max initcode size exceeded' },
  senderNotEoa: { code: -32000, message: 'sender not an eoa' },
  undecodable: { code: -32602, message: 'rlp: transaction does not decode' },
  poolFull: { code: -32005, message: 'txpool is full' },
  sequencerHalted: { code: -32000, message: 'sequencer halted: transaction not accepted, retry later' },
  transactionRejected: { code: -32003, message: 'transaction rejected' },
  notFound: { code: -32001, message: 'resource not found' },
  unavailable: { code: -32004, message: 'not served by this node' },
  timeout: { code: -32002, message: 'request timed out' },
  responseTooLarge: { code: -32003, message: 'response too large' },
  limitExceeded: { code: -32005, message: 'limit exceeded' },
  syncTimeout: {
    code: 4,
    message: 'the transaction was added to the mempool but was not processed within the timeout',
  },
  prunedHistory: { code: 4444, message: 'pruned history unavailable' },
} as const satisfies Record<string, { readonly code: number; readonly message: string }>

/** Key of {@link rpcErrors}. */
export type RpcErrorName = keyof typeof rpcErrors

/** An error that goes to the client as it stands. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: number
  /** JSON value of the `data` member; absent when undefined. */
  readonly data: unknown

  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.code = code
    this.data = data
  }
}

/** The table's error `name`; `detail` is appended after ": ". */
export function rpcError(name: RpcErrorName, detail?: string, data?: unknown): RpcError {
  const { code, message } = rpcErrors[name]
  return new RpcError(code, detail === undefined ? message : `${message}: ${detail}`, data)
}

/** `-32601` with the words by which clients (ethers, Hardhat Ignition, Foundry) recognise a missing method. */
export function methodNotFound(method: string): RpcError {
  return new RpcError(
    rpcErrors.methodNotFound.code,
    `the method ${method.slice(0, 100)} does not exist/is not available`,
  )
}

/** `-32602` for the argument at `index`. */
export function invalidParam(index: number, detail: string): RpcError {
  return new RpcError(rpcErrors.invalidParams.code, `${rpcErrors.invalidParams.message} ${index}: ${detail}`)
}
