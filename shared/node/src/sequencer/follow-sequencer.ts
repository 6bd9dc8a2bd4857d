import {
  DerivationError,
  deriveSoftBlock,
  type L1View,
  tipAfter,
  type VerifiedLaneBlock,
  verifyLaneRange,
} from '@crema/derivation'
import { CremaError, headerHash, leafKinds, limits } from '@crema/protocol'
import type { LaneRange, SequencerClient } from '@crema/sequencer-client'
import { executeBlock } from '../chain/execute-block.ts'
import { lastSequencerHeight, positionAt, toDerivationPosition } from '../chain/positions.ts'
import { type NodeContext, rememberUnposted } from '../context.ts'
import type { Origins } from '../l1/origins.ts'
import type { Committees } from './committees.ts'
import { detectEquivocation } from './detect-equivocation.ts'
import { detectWithholding } from './detect-withholding.ts'
import { acceptedHeaderKey, certifiedToJson } from './evidence.ts'
import { noticeAnswer } from './presence.ts'

const NO_TIME_BOUND = (1n << 64n) - 1n

/** Why following stopped for now. */
export type SequencerStep = 'advanced' | 'idle' | 'waiting'

/**
 * One step of following the sequencer: takes the next lane block, from memory after a rollback or else from the sequencer,
 * authenticates it, derives its inputs as the Inbox will and executes it. Throws what the client, the checks and execution throw.
 */
export async function followSequencer(
  context: NodeContext,
  client: SequencerClient,
  committees: Committees,
  origins: Origins,
  signal: AbortSignal,
): Promise<SequencerStep> {
  const { live, unposted } = context
  if (!live.l1Synced || live.frozenAt !== undefined) return 'waiting'
  const start = latestPosition(context)
  const known = unposted.get(start.laneHeight + 1n)
  if (known !== undefined) return executeSoft(context, known, origins)
  const range = await client.blocks(
    { lane: context.config.l2.chainId, fromLaneHeight: start.laneHeight + 1n, limit: context.settings.laneRange },
    signal,
  )
  noticeAnswer(context)
  if (range === undefined) {
    await detectWithholding(context, client, committees, start.laneHeight, signal)
    return 'idle'
  }
  const verified = await authenticate(context, client, committees, range, start, signal)
  live.sequencerLaneHeight = verified.at(-1)!.block.laneHeight
  acceptHeader(context, range)
  for (const block of verified) rememberUnposted(context, block)
  return executeSoft(context, verified[0]!, origins)
}

const latestPosition = ({ store }: NodeContext) => positionAt(store, store.heads().latest.number)

async function authenticate(
  context: NodeContext,
  client: SequencerClient,
  committees: Committees,
  range: LaneRange,
  start: { readonly laneHeight: bigint; readonly laneTip: `0x${string}` },
  signal: AbortSignal,
): Promise<VerifiedLaneBlock[]> {
  const { config, alarms, live } = context
  try {
    const verified = verifyLaneRange(range, {
      lane: config.l2.chainId,
      setId: config.setId,
      from: { ...start, sequencerHeight: lastSequencerHeight(context.store) },
      epoch: await committees.epoch(range.certified.header.epoch),
      domain: { chainId: config.l1ChainId, registry: config.l1Contracts.committeeRegistry },
    })
    alarms.clear('sequencer-refused')
    // The lane continues from where L1 decided.
    alarms.clear('l1-contradicts-sequencer')
    live.withheld = undefined
    return verified
  } catch (error) {
    // A fault of L1 while the epoch was read says nothing about the sequencer.
    if (!(error instanceof CremaError) || error.retryable) throw error
    context.store.addEvidence({
      kind: 'sequencer-refused',
      laneHeight: start.laneHeight + 1n,
      sequencerHeight: range.certified.header.height,
      first: { code: error.code, message: error.message },
      second: certifiedToJson(range.certified),
      at: context.clock.nowMs(),
    })
    alarms.raise('sequencer-refused', error.message, { code: error.code })
    if (error instanceof DerivationError && error.code === 'LANE_TIP_MISMATCH') {
      await detectEquivocation(context, client, committees, signal)
    }
    throw error
  }
}

function acceptHeader({ store }: NodeContext, range: LaneRange): void {
  store.setMeta(acceptedHeaderKey, {
    height: range.certified.header.height.toString(),
    headerHash: headerHash(range.certified.header),
    certified: certifiedToJson(range.certified),
  })
}

/** Derives and executes one verified block if it still continues the chain. */
async function executeSoft(
  context: NodeContext,
  verified: VerifiedLaneBlock,
  origins: Origins,
): Promise<SequencerStep> {
  const { store, config, clock, live, writer, unposted } = context
  const { originNumber, laneHeight } = verified.block
  const cursor = store.l1Cursor()
  if (cursor === undefined || originNumber > cursor.number) return 'waiting'
  const origin = await origins.at(originNumber)
  const step = await writer.add(async (): Promise<SequencerStep> => {
    const parent = latestPosition(context)
    if (live.frozenAt !== undefined || live.nextLeaf < store.leafCount()) return 'waiting'
    if (parent.laneHeight + 1n !== laneHeight) return 'advanced'
    const l1: L1View = {
      head: store.l1Cursor()?.number ?? 0n,
      originAt: () => origin,
      depositEnd: (start, maxBlock, maxGas) =>
        store.depositEndFor({
          start,
          maxBlock,
          maxTimestamp: NO_TIME_BOUND,
          maxCount: limits.maxDepositsPerLeaf,
          maxGas,
        }),
      deposits: (start, end) => store.deposits(start, end),
    }
    const derived = deriveSoftBlock(toDerivationPosition(parent), verified, {
      genesisNumber: store.genesis().number,
      blockGasLimit: config.l2.blockGasLimit,
      l1,
      now: BigInt(clock.nowSeconds()),
    })
    if ('wait' in derived) return 'waiting'
    if (tipAfter(config.l2.chainId, parent.laneTip, verified.block) !== verified.laneTip) {
      // L1 decided for another branch of the lane: what was verified on the old one is void.
      unposted.clear()
      return 'advanced'
    }
    await executeBlock(context, derived, { kind: leafKinds.ordered, sequencerHeight: verified.block.sequencerHeight })
    return 'advanced'
  })
  return step ?? 'waiting'
}
