import { appendToFrontier, headerHash, historyLeaf } from '@crema/protocol'
import { SequencerServiceError } from '../errors.ts'
import { advance, buildBlock } from './build-block.ts'
import type { ChainState, SealedBlock } from './types.ts'

/** The state after `block`, which follows `state`. Pure; checks nothing. */
export function applyBlock(state: ChainState, { certified: { header }, lanes }: SealedBlock): ChainState {
  const hash = headerHash(header)
  return {
    ...state,
    height: header.height,
    parentHash: hash,
    timestamp: header.timestamp,
    origin: { number: header.originNumber, hash: header.originHash },
    history: appendToFrontier(state.history, historyLeaf(header.height, hash)),
    lanes: advance(state.lanes, lanes),
  }
}

/**
 * As {@link applyBlock} for a block read back from the log: rebuilt from its payloads on `state` it must be the same header.
 * @throws SequencerServiceError CHAIN_MISMATCH when the log belongs to another set or other lane bindings.
 */
export function replayBlock(state: ChainState, block: SealedBlock): ChainState {
  const { header } = block.certified
  const { setId, height } = header
  const unknown = block.lanes.find(({ lane }) => !state.lanes.has(lane))
  if (setId !== state.setId || unknown) {
    throw mismatch('the log is of another sequencer set or of lanes not configured', { setId, lane: unknown?.lane })
  }
  const rebuilt = buildBlock(state, {
    proposer: header.proposer,
    timestamp: header.timestamp,
    origin: { number: header.originNumber, hash: header.originHash },
    payloads: new Map(block.lanes.map(({ lane, payload }) => [lane, payload])),
  })
  if (headerHash({ ...rebuilt.header, epoch: header.epoch }) !== headerHash(header)) {
    throw mismatch('a logged header does not follow from the log', { height })
  }
  return applyBlock(state, block)
}

function mismatch(message: string, details: Record<string, unknown>) {
  return new SequencerServiceError('CHAIN_MISMATCH', message, { details })
}
