import { bytesToHex, type Hash, type Hex } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { L1Error } from './errors.ts'
import { readL1Header } from './l1-header.ts'

/** RLP of the header of the L1 block with this hash, as the Inbox wants it. Throws {@link L1Error}. */
export async function readOriginHeader(client: L1Client, hash: Hash): Promise<Hex> {
  const read = await readL1Header(client, { hash })
  if (read === undefined) throw new L1Error('L1_INCONSISTENT', 'L1 block is not known', { details: { hash } })
  return bytesToHex(read.encoded)
}
