import { type BlockHeader, bytesToHex, encodeHeader, type Hash, type Hex, keccak256Hex } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'

const rpcToHeader = (raw: Record<string, Hex | null | undefined>): BlockHeader => {
  const hash = (name: string): Hash => raw[name] as Hash
  const integer = (name: string): bigint => BigInt(raw[name] as Hex)
  const optional = <K extends string, T>(name: K, read: (name: string) => T): { [key in K]?: T } =>
    raw[name] === undefined || raw[name] === null ? {} : ({ [name]: read(name) } as { [key in K]?: T })
  return {
    parentHash: hash('parentHash'),
    sha3Uncles: hash('sha3Uncles'),
    miner: hash('miner').toLowerCase() as Hex,
    stateRoot: hash('stateRoot'),
    transactionsRoot: hash('transactionsRoot'),
    receiptsRoot: hash('receiptsRoot'),
    logsBloom: hash('logsBloom'),
    difficulty: integer('difficulty'),
    number: integer('number'),
    gasLimit: integer('gasLimit'),
    gasUsed: integer('gasUsed'),
    timestamp: integer('timestamp'),
    extraData: hash('extraData'),
    mixHash: hash('mixHash'),
    nonce: hash('nonce'),
    ...optional('baseFeePerGas', integer),
    ...optional('withdrawalsRoot', hash),
    ...optional('blobGasUsed', integer),
    ...optional('excessBlobGas', integer),
    ...optional('parentBeaconBlockRoot', hash),
    ...optional('requestsHash', hash),
  }
}

/**
 * RLP of the header of the L1 block with this hash, as the Inbox wants it. The header is rebuilt from the JSON fields and must
 * hash to `hash`. Throws {@link L1Error}.
 */
export async function readOriginHeader(client: L1Client, hash: Hash): Promise<Hex> {
  const raw = await reading('eth_getBlockByHash', () =>
    client.request({ method: 'eth_getBlockByHash', params: [hash, false] }),
  )
  if (raw === null) throw new L1Error('L1_INCONSISTENT', 'L1 block is not known', { details: { hash } })
  const encoded = encodeHeader(rpcToHeader(raw as unknown as Record<string, Hex | null | undefined>))
  const computed = keccak256Hex(encoded)
  if (computed !== hash) {
    throw new L1Error('L1_BAD_RESPONSE', 'L1 header does not hash to its hash', { details: { computed, hash } })
  }
  return bytesToHex(encoded)
}
