import type { BlockRef, Hash } from '@crema/protocol'
import { toJson } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import { deposits, l1Blocks, l1Events } from '../schema.ts'
import type { L1Batch, L1BlockRow } from '../types.ts'
import { readCursor } from './cursor.ts'
import { readDepositCount } from './deposits.ts'
import { readLeafCount, writeLeaf } from './leaves.ts'
import { pruneL1Blocks } from './prune.ts'

/** See {@link ChainStore.appendL1}. */
export function appendL1(context: StoreContext, batch: L1Batch): void {
  const last = batch.blocks.at(-1)
  if (last === undefined) throw new ChainStoreError('L1_NOT_CONNECTED', 'a batch has at least one block')
  context.write(() => {
    const cursor = readCursor(context)
    requireConnected(cursor, batch.blocks)
    requireInside(cursor, batch)
    requireContinuing(context, batch)
    for (const block of batch.blocks) context.orm.insert(l1Blocks).values(block).run()
    for (const deposit of batch.deposits)
      context.orm
        .insert(deposits)
        .values({ ...deposit, to: deposit.to ?? null })
        .run()
    for (const leaf of batch.leaves) writeLeaf(context, leaf)
    for (const event of batch.events ?? [])
      context.orm
        .insert(l1Events)
        .values({ ...event, data: toJson(event.data) })
        .run()
    pruneL1Blocks(context, cursor?.number, last.number)
  })
}

/** Blocks ascend from above the cursor; a direct child names its parent. */
function requireConnected(cursor: BlockRef | undefined, blocks: readonly L1BlockRow[]): void {
  let previous = cursor
  for (const block of blocks) {
    const wrongParent =
      previous !== undefined && block.number === previous.number + 1n && block.parentHash !== previous.hash
    if (previous !== undefined && (block.number <= previous.number || wrongParent))
      throw new ChainStoreError('L1_NOT_CONNECTED', 'the L1 block does not follow what is stored', {
        details: { previous, block },
      })
    previous = block
  }
}

/** Everything lies above the cursor, not above the batch's last block, in blocks of the same hash, and in order. */
function requireInside(cursor: BlockRef | undefined, { blocks, deposits, leaves, events = [] }: L1Batch): void {
  const hashes = new Map<bigint, Hash>(blocks.map(({ number, hash }) => [number, hash]))
  const last = blocks.at(-1)!.number
  for (const list of [deposits, leaves, events]) {
    let least = cursor === undefined ? 0n : cursor.number + 1n
    for (const { l1BlockNumber: number, l1BlockHash: hash } of list) {
      const expected = hashes.get(number)
      if (number < least || number > last)
        throw new ChainStoreError('L1_GAP', 'something lies outside the batch or out of order', {
          details: { number, least, last },
        })
      if (expected !== undefined && expected !== hash)
        throw new ChainStoreError('L1_NOT_CONNECTED', 'something stands in an L1 block of another hash', {
          details: { number, hash, expected },
        })
      least = number
    }
  }
}

/** Deposits and leaves continue the stored ones. */
function requireContinuing(context: StoreContext, batch: L1Batch): void {
  const check = (what: string, count: bigint, indexes: readonly bigint[]): void => {
    for (const [i, index] of indexes.entries()) {
      const expected = count + BigInt(i)
      if (index !== expected)
        throw new ChainStoreError('L1_GAP', `${what} do not continue the stored ones`, { details: { index, expected } })
    }
  }
  check(
    'deposits',
    readDepositCount(context),
    batch.deposits.map(({ index }) => index),
  )
  check(
    'leaves',
    readLeafCount(context),
    batch.leaves.map(({ index }) => index),
  )
}
