import type { BlockRef, Hash } from '@crema/protocol'
import { desc, eq, lte } from 'drizzle-orm'
import type { StoreContext } from '../context.ts'
import { l1Blocks } from '../schema.ts'
import type { L1BlockRow } from '../types.ts'

/** See {@link ChainStore.l1Cursor}. */
export function readCursor(context: StoreContext): BlockRef | undefined {
  const { number, hash } = l1Blocks
  return context.orm.select({ number, hash }).from(l1Blocks).orderBy(desc(number)).limit(1).get()
}

/** See {@link ChainStore.l1Block}. */
export function readL1Block(context: StoreContext, number: bigint): L1BlockRow | undefined {
  if (!isStorable(number)) return undefined
  return context.orm.select().from(l1Blocks).where(eq(l1Blocks.number, number)).get()
}

/** See {@link ChainStore.l1BlockHash}. */
export function readL1BlockHash(context: StoreContext, number: bigint): Hash | undefined {
  return readL1Block(context, number)?.hash
}

/** See {@link ChainStore.l1BlockAtOrBelow}. */
export function readL1BlockAtOrBelow(context: StoreContext, number: bigint): L1BlockRow | undefined {
  if (number < 0n) return undefined
  const highest = isStorable(number) ? number : BigInt(Number.MAX_SAFE_INTEGER)
  return context.orm
    .select()
    .from(l1Blocks)
    .where(lte(l1Blocks.number, highest))
    .orderBy(desc(l1Blocks.number))
    .limit(1)
    .get()
}

/** Whether a number can be a key of a stored row. */
export function isStorable(number: bigint): boolean {
  return number >= 0n && number <= BigInt(Number.MAX_SAFE_INTEGER)
}
