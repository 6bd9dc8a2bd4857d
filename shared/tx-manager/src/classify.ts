/** What a node's refusal means for us. */
export type RefusalClass =
  /** The node has this very transaction: success. */
  | 'already-known'
  /** Fees too low to enter or to replace: bump now. */
  | 'underpriced'
  | 'nonce-too-low'
  | 'nonce-too-high'
  | 'out-of-funds'
  /** The node's own limit on a transaction's cost. */
  | 'node-fee-cap'
  /** The account has a transaction of another kind (blobs) pending at the nonce. */
  | 'reserved'
  | 'reverted'
  /** No node will ever take it as it is. */
  | 'invalid'
  | 'connection'
  | 'unknown'

/** Words of geth, reth, erigon, nethermind, besu and anvil; the first match counts. */
const patterns: readonly (readonly [RefusalClass, RegExp])[] = [
  ['already-known', /already ?known|known transaction|already imported|already in (the )?(mem)?pool|already exists/i],
  ['reserved', /already reserved/i],
  [
    'nonce-too-low',
    /nonce (is )?too low|old ?nonce|nonce has already been used|nonce too old|nonce.{0,40}less than.{0,20}account/i,
  ],
  ['nonce-too-high', /nonce (is )?too high|nonce gap|gapped nonce|nonce too distant/i],
  ['node-fee-cap', /exceeds the configured cap|tx fee .*exceeds/i],
  ['out-of-funds', /insufficient (funds|balance)|not enough funds|upfront cost exceeds|overshot/i],
  [
    'underpriced',
    /underpriced|fee too low|gas price too low|(less than|below|lower than).{0,20}base ?fee|max fee per gas too low|replacement not allowed/i,
  ],
  ['reverted', /revert|invalid opcode|stack underflow|out of gas|bad jump|gas required exceeds/i],
  [
    'invalid',
    /intrinsic gas|exceeds block gas limit|gas limit.{0,30}(too high|exceed)|exceeds.{0,20}gas limit|oversized|max initcode|invalid (sender|signature|chain)|type not supported|rlp:|(tip|priority fee).{0,30}(above|higher|greater)/i,
  ],
]

const connectionNames = new Set([
  'HttpRequestError',
  'TimeoutError',
  'WebSocketRequestError',
  'SocketClosedError',
  'LimitExceededRpcError',
  'ResourceUnavailableRpcError',
  'AbortError',
])
const connectionWords =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|fetch failed|socket|timed? ?out|too many requests|rate limit|pool is full|txpool full/i

interface ErrorLike {
  readonly name?: string
  readonly message?: string
  readonly details?: unknown
  readonly code?: unknown
  readonly data?: unknown
  readonly cause?: unknown
}

function* chainOf(error: unknown): Generator<ErrorLike> {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 10; depth++) {
    yield at as ErrorLike
    at = (at as ErrorLike).cause
  }
}

/** The node's own words, without the request that viem's messages repeat. */
export function refusalText(error: unknown): string {
  const texts = [...chainOf(error)].map((e) =>
    typeof e.details === 'string' && e.details !== '' ? e.details : (e.message ?? ''),
  )
  return texts.length > 0 ? texts.join('\n') : String(error)
}

/** Revert data in an error of eth_call or eth_estimateGas, or null. */
export function revertData(error: unknown): `0x${string}` | null {
  for (const { data } of chainOf(error)) {
    const inner = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
    if (typeof inner === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(inner)) return inner as `0x${string}`
  }
  return null
}

/** Sorts an error of a node or of the way to it. */
export function classifyRefusal(error: unknown): RefusalClass {
  const links = [...chainOf(error)]
  const text = refusalText(error)
  const match = patterns.find(([, pattern]) => pattern.test(text))
  if (match) return match[0]
  if (links.some(({ code }) => code === 3)) return 'reverted'
  const lost = links.some(
    ({ name, code }) => connectionNames.has(name ?? '') || connectionWords.test(String(code ?? '')),
  )
  return lost || connectionWords.test(text) ? 'connection' : 'unknown'
}
