import {
  type Address,
  attestDigest,
  buildCertificate,
  bytesToHex,
  type CommitteeEpoch,
  firstLaneTip,
  type Hash,
  headerHash,
  keccak256,
  type LaneBlock,
  laneProof,
  lanesRoot,
  privateKeyToAddress,
  type SequencerHeader,
  signDigest,
} from '@crema/protocol'
import { tipAfter, type UnverifiedRange } from '../src/index.ts'

const keys = [1, 2, 3, 4].map((seed) => keccak256(new Uint8Array([seed])))
const sortedKeys = keys.toSorted((a, b) => (privateKeyToAddress(a) < privateKeyToAddress(b) ? -1 : 1))

export const lane = 420_691n
export const inbox: Address = `0x${'11'.repeat(20)}`
export const setId: Hash = `0x${'22'.repeat(32)}`
export const domain = { chainId: 1n, registry: `0x${'33'.repeat(20)}` as Address }
export const epoch: CommitteeEpoch = {
  setId,
  epoch: 0n,
  startHeight: 1n,
  endHeight: undefined,
  members: sortedKeys.map((key) => privateKeyToAddress(key)),
}
export const start = { laneHeight: 0n, laneTip: firstLaneTip({ setId, lane, inbox }), sequencerHeight: 0n }

/** A certified range of a lane with real signatures: `payloads.length` blocks from the lane's start. */
export function certifiedRange(payloads: readonly Uint8Array[]): UnverifiedRange {
  const blocks: LaneBlock[] = payloads.map((payload, i) => ({
    laneHeight: BigInt(i + 1),
    sequencerHeight: BigInt(2 * i + 1),
    timestamp: 1_000n + BigInt(i),
    originNumber: BigInt(i),
    originHash: bytesToHex(keccak256(new Uint8Array([i]))),
    payload,
  }))
  const tip = blocks.reduce((prev, block) => tipAfter(lane, prev, block), start.laneTip)
  const entries = [
    { lane: 7n, laneTip: setId, laneHeight: 3n },
    { lane, laneTip: tip, laneHeight: BigInt(blocks.length) },
  ]
  const header: SequencerHeader = {
    version: 1n,
    setId,
    epoch: 0n,
    height: BigInt(2 * blocks.length),
    timestamp: 2_000n,
    parentHash: setId,
    proposer: epoch.members[0]!,
    originNumber: 1n,
    originHash: setId,
    lanesRoot: lanesRoot(entries),
    historyRoot: setId,
  }
  return { blocks, certified: { header, certificate: certify(header) }, laneProof: laneProof(entries, lane) }
}

/** A quorum's real certificate over a header. */
export function certify(header: SequencerHeader, signers: readonly number[] = [0, 1, 2]) {
  const digest = attestDigest(header, headerHash(header), domain)
  return buildCertificate(new Map(signers.map((i) => [i, signDigest(digest, sortedKeys[i]!)])))
}
