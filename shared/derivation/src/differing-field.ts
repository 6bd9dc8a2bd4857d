import { type Hash, type InboxLeaf, leafKinds } from '@crema/protocol'

/** What of an executed block a leaf must agree with: every field that execution depends on. */
export interface ExecutedInputs {
  readonly kind: number
  readonly sequencerHeight: bigint
  readonly timestamp: bigint
  readonly originNumber: bigint
  readonly originHash: Hash
  readonly originTimestamp: bigint
  readonly originBaseFee: bigint
  readonly prevRandao: Hash
  readonly depositEnd: bigint
  readonly payloadHash: Hash
}

/**
 * First field in which an executed block differs from the leaf that was posted for it; undefined when they agree. The parent
 * must already agree, so that `depositStart` and the range before it do.
 */
export function differingField(executed: ExecutedInputs, leaf: InboxLeaf): keyof InboxLeaf | undefined {
  if (executed.kind !== leaf.kind) return 'kind'
  if (leaf.kind === leafKinds.ordered && executed.sequencerHeight !== leaf.sequencerHeight) return 'sequencerHeight'
  if (executed.timestamp !== leaf.timestamp) return 'timestamp'
  if (executed.originNumber !== leaf.originNumber) return 'originNumber'
  if (executed.originHash !== leaf.originHash) return 'originHash'
  if (executed.originTimestamp !== leaf.originTimestamp) return 'originTimestamp'
  if (executed.originBaseFee !== leaf.originBaseFee) return 'originBaseFee'
  if (executed.prevRandao !== leaf.prevRandao) return 'prevRandao'
  if (executed.depositEnd !== leaf.depositEnd) return 'depositEnd'
  if (executed.payloadHash !== leaf.payloadHash) return 'payloadHash'
  return undefined
}
