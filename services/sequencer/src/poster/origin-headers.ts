import { type L1Client, readL1Block, readOriginHeader } from '@crema/l1'
import type { Hex, LaneBlock } from '@crema/protocol'
import type { InboxView } from './inbox-view.ts'

/** L1 blocks whose hashes the Inbox can look up (EIP-2935). */
const knownBlocks = 8_191n

/**
 * RLP headers that the Inbox will ask for: one for each block whose origin is later than the one before and a block of this L1
 * chain by number and hash. The others repeat the origin. @throws L1Error.
 */
export async function originHeaders(
  client: L1Client,
  view: Pick<InboxView, 'originNumber' | 'blockNumber'>,
  blocks: readonly LaneBlock[],
): Promise<Hex[]> {
  const headers: Hex[] = []
  let current = view.originNumber
  for (const { originNumber, originHash } of blocks) {
    if (originNumber <= current || originNumber > view.blockNumber) continue
    if (originNumber + knownBlocks < view.blockNumber) continue
    if ((await readL1Block(client, { number: originNumber }))?.hash !== originHash) continue
    headers.push(await readOriginHeader(client, originHash))
    current = originNumber
  }
  return headers
}
