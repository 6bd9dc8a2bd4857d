import { type BlockHeader, encodeHeader, type Hash, type Hex, keccak256Hex } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'

/** A block's header, its hash and its RLP, which hashes to it. */
export interface L1Header {
  readonly hash: Hash
  readonly header: BlockHeader
  readonly encoded: Uint8Array
}

/** `blockHash` by hash, anything else by number or tag. */
type BlockQuery = { readonly hash: Hash } | { readonly at: Hex | 'latest' | 'safe' | 'finalized' }

/**
 * Reads a header and rebuilds it from the JSON fields: it must hash to the hash that the endpoint states, so no field of it can be
 * wrong alone. Undefined when the endpoint does not know the block. Throws {@link L1Error}.
 */
export async function readL1Header(client: L1Client, query: BlockQuery): Promise<L1Header | undefined> {
  const answer: unknown = await reading('eth_getBlock', () =>
    'hash' in query
      ? client.request({ method: 'eth_getBlockByHash', params: [query.hash, false] })
      : client.request({ method: 'eth_getBlockByNumber', params: [query.at, false] }),
  )
  if (answer === null || answer === undefined) return undefined
  const { hash, header, encoded } = parse(answer)
  const computed = keccak256Hex(encoded)
  const stated = 'hash' in query ? query.hash : hash
  if (computed !== stated) {
    throw new L1Error('L1_BAD_RESPONSE', 'L1 header does not hash to its hash', { details: { computed, hash: stated } })
  }
  return { hash: stated, header, encoded }
}

function parse(answer: unknown): L1Header {
  try {
    const raw = answer as Record<string, unknown>
    const header = rpcToHeader(raw)
    return { hash: hex(raw, 'hash', 32), header, encoded: encodeHeader(header) }
  } catch (cause) {
    throw new L1Error('L1_BAD_RESPONSE', `L1 block is malformed: ${(cause as Error).message}`, { cause })
  }
}

const rpcToHeader = (raw: Record<string, unknown>): BlockHeader => {
  const optional = <K extends string, T>(name: K, read: (name: string) => T): { [key in K]?: T } =>
    raw[name] === undefined || raw[name] === null ? {} : ({ [name]: read(name) } as { [key in K]?: T })
  const hash = (name: string): Hash => hex(raw, name, 32)
  const integer = (name: string): bigint => quantity(raw, name)
  return {
    parentHash: hash('parentHash'),
    sha3Uncles: hash('sha3Uncles'),
    miner: hex(raw, 'miner', 20),
    stateRoot: hash('stateRoot'),
    transactionsRoot: hash('transactionsRoot'),
    receiptsRoot: hash('receiptsRoot'),
    logsBloom: hex(raw, 'logsBloom', 256),
    difficulty: integer('difficulty'),
    number: integer('number'),
    gasLimit: integer('gasLimit'),
    gasUsed: integer('gasUsed'),
    timestamp: integer('timestamp'),
    extraData: hex(raw, 'extraData'),
    mixHash: hash('mixHash'),
    nonce: hex(raw, 'nonce', 8),
    ...optional('baseFeePerGas', integer),
    ...optional('withdrawalsRoot', hash),
    ...optional('blobGasUsed', integer),
    ...optional('excessBlobGas', integer),
    ...optional('parentBeaconBlockRoot', hash),
    ...optional('requestsHash', hash),
  }
}

function hex(raw: Record<string, unknown>, name: string, size?: number): Hex {
  const value = raw[name]
  const digits = size === undefined ? '([0-9a-f]{2})*' : `[0-9a-f]{${2 * size}}`
  if (typeof value !== 'string' || !new RegExp(`^0x${digits}$`, 'i').test(value)) throw new Error(`bad ${name}`)
  return value.toLowerCase() as Hex
}

/** At most 32 bytes. */
function quantity(raw: Record<string, unknown>, name: string): bigint {
  const value = raw[name]
  if (typeof value !== 'string' || !/^0x[0-9a-f]{1,64}$/i.test(value)) throw new Error(`bad ${name}`)
  return BigInt(value)
}
