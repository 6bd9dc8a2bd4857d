import { type L1Client, readL1Block, readOriginHeader } from '@crema/l1'
import type { OriginRef } from '../chain/types.ts'

/** Which L1 block headers may name: the finalized one, or the newest but one for devnets. */
export type OriginMode = 'finalized' | 'latest-minus-1'

/**
 * The newest L1 block that headers may name, or undefined while there is none. Its header was fetched by hash and hashes to it,
 * so that posters can supply it. @throws L1Error.
 */
export async function readOrigin(client: L1Client, mode: OriginMode): Promise<OriginRef | undefined> {
  const block = await readL1Block(client, { tag: mode === 'finalized' ? 'finalized' : 'latest' })
  if (!block || (mode === 'latest-minus-1' && block.number === 0n)) return undefined
  const origin =
    mode === 'finalized'
      ? { number: block.number, hash: block.hash }
      : { number: block.number - 1n, hash: block.parentHash }
  await readOriginHeader(client, origin.hash)
  return origin
}
