import type { BlockRef } from '@crema/protocol'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import type { BlockEntry, BlockPosition } from '../types.ts'
import { readGenesis, readLatest } from './heads.ts'
import { requireLeaf } from './mark-posted.ts'
import { readBarePosition } from './position.ts'
import { writeState } from './state.ts'
import { writeBlock } from './write-block.ts'

/** See {@link ChainStore.commitBlock}. */
export function commitBlock(context: StoreContext, entry: BlockEntry): void {
  context.write(() => {
    const latest = readLatest(context)
    requireNext(context, latest, entry)
    const leafHash = entry.leaf?.leafHash ?? entry.position.leafHash
    const position: BlockPosition = leafHash === undefined ? entry.position : { ...entry.position, leafHash }
    if (leafHash !== undefined)
      requireLeaf(context, { index: entry.leaf?.index ?? position.inboxIndex, leafHash }, position)
    writeState(context, entry.writes)
    writeBlock(context, entry.block, position, entry.depositAliases ?? [])
    context.blocks.set(entry.block.hash, entry.block)
  })
}

/** Throws `NOT_NEXT_BLOCK` unless block and position continue `latest`. */
function requireNext(context: StoreContext, latest: BlockRef, { block, position }: BlockEntry): void {
  const { header } = block
  const parent = readBarePosition(context, latest.number)!
  const failed = [
    header.number !== latest.number + 1n && 'number',
    header.parentHash !== latest.hash && 'parentHash',
    position.inboxIndex !== header.number - readGenesis(context).number - 1n && 'inboxIndex',
    position.timestamp !== header.timestamp && 'timestamp',
    position.laneHeight < parent.laneHeight && 'laneHeight',
    position.depositEnd < parent.depositEnd && 'depositEnd',
    position.gasSinceGenesis !== parent.gasSinceGenesis + header.gasUsed && 'gasSinceGenesis',
  ].filter((name) => name !== false)
  if (failed.length > 0)
    throw new ChainStoreError('NOT_NEXT_BLOCK', `the block does not continue the chain: ${failed.join(', ')}`, {
      details: { latest, failed, number: header.number, hash: block.hash, parentHash: header.parentHash },
    })
}
