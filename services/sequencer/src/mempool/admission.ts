import { type Address, classify, type Hash } from '@crema/protocol'
import { Refusal } from '../errors.ts'

/** What ordering needs to know of a submission. */
export interface Admitted {
  /** Whose quota and whose nonce order it counts for. Admission without decoding gives every submission a key of its own. */
  readonly sender: Address | Hash
  readonly nonce: bigint
}

/** Decides whether raw bytes may be ordered in a lane. @throws Refusal. */
export type Admission = (lane: bigint, raw: Uint8Array, hash: Hash) => Admitted

/**
 * The honest policy (docs/protocol: sequencers admit only decodable, signed transactions of the lane's chain): what the state
 * transition would skip whatever the state is refused as `TX_` and the skip reason, e.g. `TX_WRONG_CHAIN_ID`.
 */
export const admitTransactions: Admission = (lane, raw) => {
  const classified = classify(raw, { chainId: lane })
  if ('ok' in classified) return { sender: classified.sender, nonce: classified.ok.nonce }
  const code = `TX_${classified.skip.toUpperCase().replaceAll('-', '_')}`
  throw new Refusal(400, code, classified.detail, { details: { reason: classified.skip } })
}
