import { createGenesis } from '@crema/execution'
import {
  type Address,
  blockStatus,
  createTree,
  type Deposit,
  depositHash,
  encodePayload,
  type GenesisAccount,
  inboxLeafHash,
  keccak256Hex,
  payloadEntries,
  txRoot,
} from '@crema/protocol'
import { createMachineExecutor, endBlock, type SealedHeader } from '../../src/index.ts'
import { inputOf, type ProvableBlock } from '../../src/run/provable-block.ts'
import { createMachineSource } from '../../src/trace/machine-source.ts'
import type { TraceSource } from '../../src/trace/source.ts'
import { config, type MemoryStore, memoryStore, portal, word } from '../block/support.ts'

/** What a block holds. Deposits of all blocks are numbered from 3 on. */
export interface BlockContent {
  readonly entries: readonly Uint8Array[]
  readonly deposits: readonly Deposit[]
}

/** An assertion of real blocks, executed once in fast mode. */
export interface TracedChain {
  readonly store: MemoryStore
  readonly blocks: readonly ProvableBlock[]
  /** Micro-ops of every segment, as fast mode counted them. */
  readonly steps: readonly (readonly number[])[]
  /** The assertion's end. */
  readonly end: ReturnType<typeof endBlock>
  readonly source: TraceSource
}

/** Executes the blocks on a genesis of these accounts. */
export async function createTracedChain(
  alloc: Record<Address, GenesisAccount>,
  contents: readonly BlockContent[],
): Promise<TracedChain> {
  const genesis = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1_000n, alloc }, config)
  const store = memoryStore()
  store.add(genesis.writes)
  const executor = createMachineExecutor({ config, state: store, portal })
  const assertion = {
    startInboxCount: 5n,
    targetCount: 5n + BigInt(contents.length),
    maxGas: 10n ** 12n,
    maxBlocks: 4_096n,
  }
  const blocks: ProvableBlock[] = []
  const steps: (readonly number[])[] = []
  let parent: SealedHeader = genesis.header
  let before: ReturnType<typeof endBlock> = {
    number: 0n,
    blockHash: parent.hash,
    stateRoot: parent.stateRoot,
    withdrawalsRoot: parent.withdrawalsRoot!,
    inboxCount: 5n,
    gasSinceAssertionStart: 0n,
    status: blockStatus.blockEnd,
  }
  const depositTree = createTree([1n, 2n, 3n].map(word))
  const inboxTree = createTree([1n, 2n, 3n, 4n, 5n].map(word))
  for (const { entries, deposits } of contents) {
    const payload = encodePayload(entries)
    const depositStart = depositTree.count
    for (const deposit of deposits) depositTree.append(depositHash(deposit))
    const block: ProvableBlock = {
      before,
      parent,
      leaf: {
        kind: 0,
        sequencerHeight: 9n,
        timestamp: parent.timestamp + 1n,
        originNumber: 7n + parent.number,
        originHash: word(0xabcn),
        originTimestamp: 900n,
        originBaseFee: 5n,
        prevRandao: word(parent.number + 77n),
        payloadHash: keccak256Hex(payload),
        txCount: BigInt(payloadEntries(payload).length),
        txRoot: txRoot(payload),
        depositStart: BigInt(depositStart),
        depositEnd: BigInt(depositTree.count),
        depositRoot: depositTree.root(),
      },
      leafSiblings: [],
      payload,
      deposits,
      depositSiblings: deposits.map((_, at) => depositTree.proof(depositStart + at)),
      config,
      portal,
      assertion,
    }
    const made = executor.executeBlock(parent, inputOf(block))
    store.add(made.writes)
    parent = { ...made.block.header, hash: made.block.hash }
    before = endBlock(before, parent, assertion)
    inboxTree.append(inboxLeafHash(block.leaf))
    blocks.push(block)
    steps.push(made.steps)
  }
  const proven = blocks.map((block, at) => ({ ...block, leafSiblings: inboxTree.proof(5 + at) }))
  const source = createMachineSource({
    state: store,
    inboxRoot: inboxTree.root(),
    blocks: blocks.length,
    block: (b) => proven[b]!,
    weight: (b) => blocks[b]!.payload.length,
  })
  return { store, blocks: proven, steps, end: before, source }
}
