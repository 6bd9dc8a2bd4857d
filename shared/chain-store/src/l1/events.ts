import { and, asc, eq } from 'drizzle-orm'
import { fromJson } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { decodeStored } from '../guard.ts'
import { l1Events } from '../schema.ts'
import type { L1Event } from '../types.ts'

/** See {@link ChainStore.l1Events}. */
export function readL1Events(context: StoreContext, kind: string, key?: string): L1Event[] {
  const ofKind = eq(l1Events.kind, kind)
  return context.orm
    .select()
    .from(l1Events)
    .where(key === undefined ? ofKind : and(ofKind, eq(l1Events.key, key)))
    .orderBy(asc(l1Events.l1BlockNumber), asc(l1Events.l1LogIndex))
    .all()
    .map((row) => ({ ...row, data: decodeStored('event', { kind }, () => fromJson(row.data)) }))
}
