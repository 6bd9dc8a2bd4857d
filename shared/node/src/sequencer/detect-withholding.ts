import { verifyCertificate, verifyLaneProof } from '@crema/protocol'
import type { SequencerClient } from '@crema/sequencer-client'
import type { NodeContext } from '../context.ts'
import type { Committees } from './committees.ts'
import { certifiedToJson, toJson } from './evidence.ts'

/** Milliseconds for which an announced block may be missing: an announcement can be faster than the answer to a request. */
const PATIENCE_MS = 2_000

/**
 * When the sequencer has no block after lane height `at`: compares that with what it announced. A block that is announced and
 * not served is withheld: the alarm is raised, and if the newest header certifies more than was served, it is kept as evidence.
 * Throws what the client and the checks throw.
 */
export async function detectWithholding(
  context: NodeContext,
  client: SequencerClient,
  committees: Committees,
  at: bigint,
  signal: AbortSignal,
): Promise<void> {
  const { live, clock, alarms, config, store } = context
  const announced = live.announcedLaneHeight
  if (announced === undefined || announced <= at) {
    live.withheld = undefined
    // It holds nothing that this node has not, so nothing of it is refused or contradicted any more.
    alarms.clear('sequencer-refused')
    alarms.clear('l1-contradicts-sequencer')
    return
  }
  live.withheld ??= { since: clock.nowMs(), kept: false }
  if (live.withheld.kept || clock.nowMs() - live.withheld.since < PATIENCE_MS) return
  alarms.raise('sequencer-refused', 'the sequencer announces blocks that it does not serve', {
    code: 'WITHHELD',
    announced,
    served: at,
  })
  const { height } = await client.info(signal)
  const certified = await client.certifiedHeader(height, signal)
  if (certified === undefined) return
  const laneProof = await client.laneProof(height, config.l2.chainId, signal)
  verifyCertificate(certified.header, certified.certificate, await committees.epoch(certified.header.epoch), {
    chainId: config.l1ChainId,
    registry: config.l1Contracts.committeeRegistry,
  })
  verifyLaneProof(config.l2.chainId, laneProof, certified.header.lanesRoot)
  if (laneProof.laneHeight <= at) return
  live.withheld.kept = true
  store.addEvidence({
    kind: 'withheld',
    laneHeight: at + 1n,
    sequencerHeight: height,
    first: { served: at.toString() },
    second: { certified: certifiedToJson(certified), laneProof: toJson(laneProof) },
    at: clock.nowMs(),
  })
}
