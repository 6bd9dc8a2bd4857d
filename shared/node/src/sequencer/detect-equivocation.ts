import { headerHash, verifyCertificate } from '@crema/protocol'
import type { SequencerClient } from '@crema/sequencer-client'
import { positionAt } from '../chain/positions.ts'
import type { NodeContext } from '../context.ts'
import type { Committees } from './committees.ts'
import { acceptedHeaderKey, certifiedToJson } from './evidence.ts'

/**
 * When the lane does not continue from where this node stands: asks for the header at the height that the node acted on last. Another
 * certified header there is an equivocation by a quorum: both certificates are kept and the soft head stands still until L1 has
 * passed it. The same header means that only the data was bad. Throws what the client and the checks throw.
 */
export async function detectEquivocation(
  context: NodeContext,
  client: SequencerClient,
  committees: Committees,
  signal: AbortSignal,
): Promise<void> {
  const { store, config, live, clock, alarms, logger } = context
  const accepted = store.getMeta(acceptedHeaderKey)
  if (accepted === undefined) return
  const height = BigInt(accepted.height)
  const other = await client.certifiedHeader(height, signal)
  if (other === undefined || other.header.height !== height || headerHash(other.header) === accepted.headerHash) return
  verifyCertificate(other.header, other.certificate, await committees.epoch(other.header.epoch), {
    chainId: config.l1ChainId,
    registry: config.l1Contracts.committeeRegistry,
  })
  const { laneHeight } = positionAt(store, store.heads().latest.number)
  store.addEvidence({
    kind: 'equivocation',
    laneHeight,
    sequencerHeight: height,
    first: accepted.certified,
    second: certifiedToJson(other),
    at: clock.nowMs(),
  })
  live.frozenAt = laneHeight
  alarms.raise('sequencer-equivocated', 'the sequencer certified two headers at one height', { height, laneHeight })
  logger.error({ height, laneHeight }, 'the sequencer certified two headers at one height; waiting for L1')
}
