import type { BlockPosition, JsonValue, MetaKey, PostedLeaf } from '@crema/chain-store'
import type { Hash } from '@crema/protocol'
import { type CertifiedHeader, leafKinds } from '@crema/protocol'
import type { NodeContext } from '../context.ts'

/** The newest certified header this node acted on, kept so that a contradiction can be shown. */
export interface AcceptedHeader {
  readonly height: string
  readonly headerHash: Hash
  readonly certified: JsonValue
}

/** Where {@link AcceptedHeader} is kept. */
export const acceptedHeaderKey: MetaKey<AcceptedHeader & JsonValue> = {
  name: 'accepted-header',
  parse: (value) => {
    if (typeof value !== 'object' || value === null || !('headerHash' in value))
      throw new Error('not an accepted header')
    return value as unknown as AcceptedHeader & JsonValue
  },
}

/** A certified header as JSON: integers as decimal strings. */
export function certifiedToJson({ header, certificate }: CertifiedHeader): JsonValue {
  return { header: toJson(header), certificate: toJson(certificate) }
}

/** Plain data as JSON: integers as decimal strings. */
export function toJson(value: object): JsonValue {
  return JSON.parse(
    JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry)),
  )
}

/**
 * Keeps both sides when L1 holds another ordered block at a lane height than the certified one this node executed. A mere
 * renormalisation (a forced leaf before it, a later posting) has the same lane tip and is no contradiction.
 */
export function recordContradiction(
  context: NodeContext,
  posted: PostedLeaf,
  executed: BlockPosition,
  field: string,
): void {
  const sameLane = posted.laneHeight === executed.laneHeight && posted.laneTip !== executed.laneTip
  if (posted.leaf.kind !== leafKinds.ordered || !sameLane) return
  const { store, clock, alarms } = context
  store.addEvidence({
    kind: 'l1-contradicts-sequencer',
    laneHeight: posted.laneHeight,
    sequencerHeight: executed.sequencerHeight,
    first: { laneTip: executed.laneTip, accepted: store.getMeta(acceptedHeaderKey) ?? null },
    second: { laneTip: posted.laneTip, l1TransactionHash: posted.l1TransactionHash, leafHash: posted.leafHash },
    at: clock.nowMs(),
  })
  alarms.raise('l1-contradicts-sequencer', 'L1 holds another block than the one that was certified to this node', {
    laneHeight: posted.laneHeight,
    field,
  })
}
