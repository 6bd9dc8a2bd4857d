import {
  firstLaneTip,
  handoverDigest,
  headerHash,
  historyLeaf,
  keccak256Hex,
  type LaneEntry,
  laneLeaf,
  laneProof,
  lanesRoot,
  laneTip,
  membersHash,
  quorum,
  type SequencerHeader,
  setId,
} from '../../src/index.ts'
import { account, columns, noise, type Vectors, word } from './columns.ts'

/** A header whose every field differs from the others'. */
export function sampleHeader(height: bigint, overrides: Partial<SequencerHeader> = {}): SequencerHeader {
  return {
    version: 1n,
    setId: word('set'),
    epoch: 0n,
    height,
    timestamp: 1_700_000_000n + height,
    parentHash: height === 1n ? `0x${'00'.repeat(32)}` : word(`header ${height - 1n}`),
    proposer: account(`proposer ${height}`),
    originNumber: 20_000_000n + height / 2n,
    originHash: word(`origin ${height / 2n}`),
    lanesRoot: word(`lanes ${height}`),
    historyRoot: word(`history ${height}`),
    ...overrides,
  }
}

/** `sequencer-headers.json`. */
export function headerVectors(): Vectors {
  const max = 2n ** 64n - 1n
  const headers = [
    sampleHeader(1n),
    sampleHeader(2n),
    sampleHeader(1_000n, { epoch: 7n }),
    sampleHeader(max, { version: max, epoch: max, timestamp: max, originNumber: max }),
  ]
  return columns(
    headers.map((header) => {
      const hash = headerHash(header)
      return { ...header, hash, historyLeaf: historyLeaf(header.height, hash) }
    }),
  )
}

/** `lanes.json`: lane tips, lane trees of 0 to 9 lanes and a proof of every lane of each. */
export function laneVectors(): Vectors {
  const set = word('set')
  const inbox = account('inbox')
  const entries: LaneEntry[] = Array.from({ length: 9 }, (_, i) => ({
    lane: BigInt(i * i + 1) * (i === 8 ? 2n ** 20n : 1n),
    laneTip: word(`tip ${i}`),
    laneHeight: BigInt(i + 1),
  }))
  const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9]
  return {
    first: columns(
      [1n, 901n, 2n ** 32n - 1n].map((lane) => ({
        setId: set,
        lane,
        inbox,
        tip: firstLaneTip({ setId: set, lane, inbox }),
      })),
    ),
    tips: columns(
      [0, 1, 31, 114_688].map((size) => {
        const payload = noise('payload', size)
        const input = {
          lane: 901n,
          prevTip: word(`previous ${size}`),
          sequencerHeight: BigInt(size) + 5n,
          timestamp: 1_700_000_000n,
          originNumber: 20_000_000n,
          originHash: word('origin'),
          payloadLength: size,
          payloadHash: keccak256Hex(payload),
        }
        return { ...input, tip: laneTip(input) }
      }),
    ),
    entries: columns(entries.map((entry) => ({ ...entry, leaf: laneLeaf(entry) }))),
    roots: columns(sizes.map((size) => ({ size, root: lanesRoot(entries.slice(0, size)) }))),
    proofs: columns(
      sizes.flatMap((size) =>
        entries.slice(0, size).map(({ lane }) => ({
          lane,
          root: lanesRoot(entries.slice(0, size)),
          ...laneProof(entries.slice(0, size), lane),
        })),
      ),
    ),
  }
}

/** `committee-sets.json`: set ids, quorums and handover digests. */
export function setVectors(): Vectors {
  const domain = { chainId: 31_337n, registry: account('registry') }
  return {
    ...domain,
    chainId: 31_337,
    sets: columns(
      [1, 2, 3, 4, 7, 100].map((size) => {
        const members = Array.from({ length: size }, (_, i) => account(`member ${i}`)).sort()
        const creator = account('creator')
        const salt = word(`salt ${size}`)
        const id = setId(creator, salt, members)
        const handover = { setId: id, epoch: BigInt(size), startHeight: 1_000n + BigInt(size), members }
        return {
          creator,
          salt,
          setId: id,
          membersHash: membersHash(members),
          quorum: quorum(size),
          epoch: handover.epoch,
          startHeight: handover.startHeight,
          handoverDigest: handoverDigest(handover, domain),
          members,
        }
      }),
    ),
  }
}
