import { keccak256Hex } from '@crema/protocol'
import { asc } from 'drizzle-orm'
import { fromJson, toJson } from './columns.ts'
import type { StoreContext } from './context.ts'
import { decodeStored } from './guard.ts'
import { evidence as table } from './schema.ts'
import type { Evidence } from './types.ts'

/**
 * Bound to each kind: enough to convict anybody, and a limit to what a misbehaving peer can make a node store. Kinds that need no
 * valid signature cannot crowd out those that do.
 */
const maxEvidence = 1_000

/** See {@link ChainStore.addEvidence}. */
export function addEvidence(context: StoreContext, evidence: Evidence): boolean {
  const { kind, laneHeight, sequencerHeight, first, second, at } = evidence
  const content = JSON.stringify([kind, String(laneHeight), String(sequencerHeight), first, second])
  const digest = keccak256Hex(new TextEncoder().encode(content))
  return context.write(() => {
    const row = context.statement<{ kept: number }>('SELECT count(*) AS kept FROM evidence WHERE kind = ?').get(kind)
    if (row !== undefined && row.kept >= maxEvidence) return false
    const result = context.orm
      .insert(table)
      .values({
        digest,
        kind,
        laneHeight: laneHeight ?? null,
        sequencerHeight: sequencerHeight ?? null,
        first: toJson(first),
        second: toJson(second),
        at,
      })
      .onConflictDoNothing()
      .run()
    return result.changes > 0
  })
}

/** See {@link ChainStore.listEvidence}. */
export function listEvidence(context: StoreContext): Evidence[] {
  return context.orm
    .select()
    .from(table)
    .orderBy(asc(table.id))
    .all()
    .map(({ kind, laneHeight, sequencerHeight, first, second, at }) => ({
      kind,
      ...(laneHeight === null ? {} : { laneHeight }),
      ...(sequencerHeight === null ? {} : { sequencerHeight }),
      first: decodeStored('evidence', { kind }, () => fromJson(first)),
      second: decodeStored('evidence', { kind }, () => fromJson(second)),
      at,
    }))
}
