import { inboxAbi, type L1Client, readL1Block, readOriginHeader } from '@crema/l1'
import {
  appendToFrontier,
  attestDigest,
  buildCertificate,
  bytesToHex,
  emptyFrontier,
  firstLaneTip,
  frontierRoot,
  type Hash,
  type Hex,
  headerHash,
  hexToBytes,
  historyLeaf,
  keccak256Hex,
  laneProof,
  lanesRoot,
  laneTip,
  limits,
  privateKeyToAddress,
  quorum,
  type RollupConfig,
  type SequencerHeader,
  signDigest,
} from '@crema/protocol'
import { createWalletClient, http, type LocalAccount } from 'viem'
import { testKey } from './accounts.ts'

/** A block that the committee orders. */
export interface LaneContent {
  readonly payload: Uint8Array
  /** Seconds; default the last one's, so that leaves have equal timestamps. */
  readonly timestamp?: bigint
  /** L1 block that it names as its origin; default the last one's. */
  readonly origin?: bigint
}

/** Orders and posts whatever it is given: the whole committee in one hand. */
export interface LanePoster {
  /** Signs a header for each block and posts them in one batch. Throws what L1 says. */
  post(contents: readonly LaneContent[]): Promise<void>
}

/** Gas limit of a batch: any that {@link limits} allow. */
const BATCH_GAS = 12_000_000n
const NO_HASH: Hash = `0x${'00'.repeat(32)}`

/** Posts for a rollup whose committee is members 0 to `size - 1` of the test mnemonic's branch 1. The L1 must mine each transaction at once. */
export function createLanePoster(
  l1: L1Client,
  l1Url: string,
  account: LocalAccount,
  config: RollupConfig,
  size = 4,
): LanePoster {
  const { setId, l2, l1Contracts, l1ChainId, genesisOrigin } = config
  const { inbox, committeeRegistry: registry } = l1Contracts
  const lane = l2.chainId
  const keys = Array.from({ length: size }, (_, i) => hexToBytes(testKey(i, 1)))
    .map((key) => ({ key, address: privateKeyToAddress(key) }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
  const wallet = createWalletClient({ account, transport: http(l1Url) })
  let height = 0n
  let laneHeight = 0n
  let tip = firstLaneTip({ setId, lane, inbox })
  let parentHash = NO_HASH
  let history = emptyFrontier
  let timestamp = config.genesis.timestamp
  let origin: { readonly number: bigint; readonly hash: Hash } = genesisOrigin

  function order(payload: Uint8Array): SequencerHeader {
    const data = { payloadLength: payload.length, payloadHash: keccak256Hex(payload) }
    const at = { timestamp, originNumber: origin.number, originHash: origin.hash }
    height++
    laneHeight++
    tip = laneTip({ lane, prevTip: tip, sequencerHeight: height, ...at, ...data })
    const header: SequencerHeader = {
      ...{ version: 1n, setId, epoch: 0n, height, ...at, parentHash },
      proposer: keys[Number(height) % size]!.address,
      lanesRoot: lanesRoot([{ lane, laneTip: tip, laneHeight }]),
      historyRoot: frontierRoot(history),
    }
    parentHash = headerHash(header)
    history = appendToFrontier(history, historyLeaf(height, parentHash))
    return header
  }

  return {
    async post(contents) {
      const firstTip = tip
      const firstLaneHeight = laneHeight + 1n
      const originHeaders: Hex[] = []
      const blocks = []
      let header: SequencerHeader | undefined
      for (const { payload, timestamp: wanted, origin: named } of contents) {
        timestamp = wanted ?? timestamp
        if (named !== undefined && named > origin.number) {
          origin = (await readL1Block(l1, { number: named }))!
          originHeaders.push(await readOriginHeader(l1, origin.hash))
        }
        header = order(payload)
        const oversized = payload.length > limits.maxPayloadSize
        blocks.push({
          ...{ sequencerHeight: height, timestamp, originNumber: origin.number, originHash: origin.hash },
          payload: oversized ? '0x' : bytesToHex(payload),
          oversizedLength: oversized ? BigInt(payload.length) : 0n,
          oversizedHash: oversized ? keccak256Hex(payload) : NO_HASH,
        } as const)
      }
      if (header === undefined) return
      const digest = attestDigest(header, headerHash(header), { chainId: l1ChainId, registry })
      const signed = keys.slice(0, quorum(size)).map(({ key }, i) => [i, signDigest(digest, key)] as const)
      const hash = await wallet.writeContract({
        chain: null,
        address: inbox,
        abi: inboxAbi,
        functionName: 'appendBatch',
        // Not estimated: what it costs depends on the block that it comes into.
        gas: BATCH_GAS,
        args: [
          ...([header, buildCertificate(new Map(signed)), header, { siblings: [] }] as const),
          ...([laneProof([{ lane, laneTip: tip, laneHeight }], lane), firstTip, firstLaneHeight] as const),
          ...([blocks, originHeaders] as const),
        ],
      })
      const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
      if (status !== 'success') throw new Error(`L1 refused ${hash}`)
    },
  }
}
