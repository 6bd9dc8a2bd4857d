import type { Hash, Origin } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { L1Error } from './errors.ts'
import { readL1Header } from './l1-header.ts'

/** What Crema uses of an L1 block. */
export interface L1Block extends Origin {
  readonly parentHash: Hash
}

/** A block named by tag, number or hash. */
export type L1BlockId =
  | { readonly tag: 'latest' | 'safe' | 'finalized' }
  | { readonly number: bigint }
  | { readonly hash: Hash }

/**
 * Reads a block; undefined when the endpoint does not know it. Its header hashes to its hash, and it is the block that was asked for.
 * Throws `L1Error`.
 */
export async function readL1Block(client: L1Client, id: L1BlockId): Promise<L1Block | undefined> {
  const read = await readL1Header(client, query(id))
  if (read === undefined) return undefined
  const { number, parentHash, timestamp, baseFeePerGas, mixHash } = read.header
  if (baseFeePerGas === undefined || ('number' in id && id.number !== number)) {
    throw new L1Error('L1_BAD_RESPONSE', 'L1 block without a base fee, or not the one asked for', {
      details: { ...id, got: number },
    })
  }
  return { number, hash: read.hash, parentHash, timestamp, baseFee: baseFeePerGas, mixHash }
}

function query(id: L1BlockId): Parameters<typeof readL1Header>[1] {
  if ('hash' in id) return { hash: id.hash }
  return { at: 'tag' in id ? id.tag : `0x${id.number.toString(16)}` }
}
