import type { Hash, Origin } from '@crema/protocol'
import type { Block } from 'viem'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'

/** What Crema uses of an L1 block. */
export interface L1Block extends Origin {
  readonly parentHash: Hash
}

/** A block named by tag, number or hash. */
export type L1BlockId =
  | { readonly tag: 'latest' | 'safe' | 'finalized' }
  | { readonly number: bigint }
  | { readonly hash: Hash }

/** Reads a block; undefined when the endpoint does not know it. Throws `L1Error`. */
export async function readL1Block(client: L1Client, id: L1BlockId): Promise<L1Block | undefined> {
  const block = await fetchBlock(client, id)
  return block === undefined ? undefined : toL1Block(block)
}

async function fetchBlock(client: L1Client, id: L1BlockId): Promise<Block | undefined> {
  return reading('eth_getBlock', async () => {
    try {
      if ('tag' in id) return await client.getBlock({ blockTag: id.tag })
      if ('number' in id) return await client.getBlock({ blockNumber: id.number })
      return await client.getBlock({ blockHash: id.hash })
    } catch (error) {
      if (error instanceof Error && error.name === 'BlockNotFoundError') return undefined
      throw error
    }
  })
}

function toL1Block(block: Block): L1Block {
  if (block.number === null || block.hash === null || block.baseFeePerGas === null) {
    throw new L1Error('L1_BAD_RESPONSE', 'block without number, hash or base fee')
  }
  return {
    number: block.number,
    hash: block.hash,
    parentHash: block.parentHash,
    timestamp: block.timestamp,
    baseFee: block.baseFeePerGas,
    mixHash: block.mixHash,
  }
}
