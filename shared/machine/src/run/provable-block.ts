import {
  type Address,
  type BlockInput,
  type BlockState,
  concatBytes,
  type Deposit,
  encodeHeader,
  entryProof,
  type Hash,
  hexToBytes,
  type InboxLeaf,
  type L2ChainConfig,
  type PayloadEntry,
  payloadEntries,
} from '@crema/protocol'
import { encodeWords } from '../commit/encode-words.ts'
import type { Anchors, BlockContext, Evidence, SealedHeader } from '../state/machine.ts'
import type { AssertionContext } from './end-block.ts'
import { readableEntries } from './segments.ts'

/** A block with all that ties it to the state before it and to L1. */
export interface ProvableBlock {
  /** State before the block; the leaf is number `inboxCount`. */
  readonly before: BlockState
  readonly parent: SealedHeader
  readonly leaf: InboxLeaf
  /** Siblings of the leaf under the assertion's Inbox root, from the leaf up. */
  readonly leafSiblings: readonly Hash[]
  readonly payload: Uint8Array
  readonly deposits: readonly Deposit[]
  /** Siblings of each deposit under the leaf's deposit root. */
  readonly depositSiblings: readonly (readonly Hash[])[]
  readonly config: L2ChainConfig
  readonly portal: Address
  readonly assertion: AssertionContext
}

/** The context that a machine executes and proves the block in. */
export function contextOf(block: ProvableBlock): BlockContext {
  const { parent, config, portal } = block
  return { parent, input: inputOf(block), config, portal, anchors: anchorsOf(block), evidence: evidenceOf(block) }
}

/** What the block is a function of besides its parent. */
export function inputOf({ before, leaf, deposits, payload }: ProvableBlock): BlockInput {
  const { originNumber, originHash, originTimestamp, originBaseFee } = leaf
  return {
    number: before.number + 1n,
    timestamp: leaf.timestamp,
    prevRandao: leaf.prevRandao,
    origin: { number: originNumber, hash: originHash, timestamp: originTimestamp, baseFee: originBaseFee },
    deposits,
    payload,
  }
}

/** Siblings of the entries under their tree's root. */
export function entrySiblings(entries: readonly PayloadEntry[]): Evidence['entrySiblings'] {
  return (index) => joinHashes(entryProof(entries, index))
}

function anchorsOf({ before, leaf, deposits, portal, assertion }: ProvableBlock): Anchors {
  const readable = BigInt(readableEntries(deposits.length))
  return {
    originNumber: leaf.originNumber,
    originHash: hexToBytes(leaf.originHash),
    originTimestamp: leaf.originTimestamp,
    originBaseFee: leaf.originBaseFee,
    parentHash: hexToBytes(before.blockHash),
    txCount: leaf.txCount < readable ? leaf.txCount : readable,
    txRoot: hexToBytes(leaf.txRoot),
    depositStart: leaf.depositStart,
    depositEnd: leaf.depositEnd,
    depositRoot: hexToBytes(leaf.depositRoot),
    inboxCount: before.inboxCount,
    gasBefore: before.gasSinceAssertionStart,
    portal: BigInt(portal),
    ...assertion,
  }
}

function evidenceOf({ parent, leaf, leafSiblings, depositSiblings, payload }: ProvableBlock): Evidence {
  const { hash: _, ...header } = parent
  return {
    parentHeader: encodeHeader(header),
    leaf: leafWords(leaf),
    leafSiblings: joinHashes(leafSiblings),
    depositSiblings: depositSiblings.map(joinHashes),
    entrySiblings: entrySiblings(payloadEntries(payload)),
  }
}

/** The fields of a leaf in the order of its hash. */
function leafWords(leaf: InboxLeaf): Uint8Array {
  return encodeWords([
    leaf.kind,
    leaf.sequencerHeight,
    leaf.timestamp,
    leaf.originNumber,
    hexToBytes(leaf.originHash),
    leaf.originTimestamp,
    leaf.originBaseFee,
    hexToBytes(leaf.prevRandao),
    hexToBytes(leaf.payloadHash),
    leaf.txCount,
    hexToBytes(leaf.txRoot),
    leaf.depositStart,
    leaf.depositEnd,
    hexToBytes(leaf.depositRoot),
  ])
}

function joinHashes(hashes: readonly Hash[]): Uint8Array {
  return concatBytes(...hashes.map(hexToBytes))
}
