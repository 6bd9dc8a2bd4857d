import type { BlockPosition, ChainStore } from '@crema/chain-store'
import type { DerivationPosition } from '@crema/derivation'
import { firstLaneTip, type Hash, keccak256Hex, leafKinds, type RollupConfig } from '@crema/protocol'
import { NodeError } from '../errors.ts'

/** Where derivation stands before the first block. */
export function genesisPosition(config: RollupConfig): BlockPosition {
  return {
    sequencerHeight: 0n,
    laneHeight: 0n,
    laneTip: firstLaneTip({ setId: config.setId, lane: config.l2.chainId, inbox: config.l1Contracts.inbox }),
    kind: leafKinds.ordered,
    timestamp: config.genesis.timestamp,
    origin: config.genesisOrigin,
    depositEnd: 0n,
    inboxIndex: -1n,
    payloadHash: EMPTY_PAYLOAD_HASH,
    gasSinceGenesis: 0n,
  }
}

/** keccak256 of an empty payload. */
export const EMPTY_PAYLOAD_HASH: Hash = keccak256Hex(new Uint8Array(0))

/** Position after the block at `number`, without its payload. Throws {@link NodeError} `MISSING_BLOCK`. */
export function positionAt(store: ChainStore, number: bigint): BlockPosition {
  const position = store.barePosition(number)
  if (position === undefined) throw new NodeError('MISSING_BLOCK', `no block ${number} in the store`)
  return position
}

/** A stored position as derivation wants it. */
export function toDerivationPosition(position: BlockPosition): DerivationPosition {
  return {
    laneHeight: position.laneHeight,
    laneTip: position.laneTip,
    timestamp: position.timestamp,
    origin: position.origin,
    depositEnd: position.depositEnd,
    inboxCount: position.inboxIndex + 1n,
  }
}

/** Sequencer height of the newest ordered block; 0 before the first. Forced blocks have none and are passed over. */
export function lastSequencerHeight(store: ChainStore): bigint {
  const genesis = store.genesis().number
  for (let number = store.heads().latest.number; number > genesis; number--) {
    const { kind, sequencerHeight } = positionAt(store, number)
    if (kind === leafKinds.ordered) return sequencerHeight
  }
  return 0n
}
