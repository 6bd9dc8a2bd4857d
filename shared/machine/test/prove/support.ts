import { createGenesis } from '@crema/execution'
import {
  type Address,
  type AppendOnlyTree,
  type BlockState,
  blockStatus,
  createTree,
  type Deposit,
  depositHash,
  encodePayload,
  type GenesisAccount,
  type InboxLeaf,
  inboxLeafHash,
  keccak256Hex,
  payloadEntries,
  txRoot,
} from '@crema/protocol'
import type { SealedHeader } from '../../src/index.ts'
import type { ProvableBlock } from '../../src/run/provable-block.ts'
import { config, type MemoryStore, memoryStore, portal, word } from '../block/support.ts'

/** A chain whose blocks are tied to an Inbox of their own. */
export interface ProvenChain {
  readonly store: MemoryStore
  head: SealedHeader
  before: BlockState
}

/** A chain at its genesis. */
export async function createProvenChain(alloc: Record<Address, GenesisAccount>): Promise<ProvenChain> {
  const genesis = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1_000n, alloc }, config)
  const store = memoryStore()
  store.add(genesis.writes)
  const head = genesis.header
  const { stateRoot, withdrawalsRoot } = head
  const before: BlockState = {
    number: 0n,
    blockHash: head.hash,
    stateRoot,
    withdrawalsRoot: withdrawalsRoot!,
    inboxCount: 3n,
    gasSinceAssertionStart: 0n,
    status: blockStatus.blockEnd,
  }
  return { store, head, before }
}

/** The next block: its leaf stands behind three others, its deposits behind one. */
export function nextBlock(
  { head, before }: ProvenChain,
  entries: readonly Uint8Array[],
  deposits: readonly Deposit[],
): ProvableBlock {
  const payload = encodePayload(entries)
  const queue = createTree([word(5n), ...deposits.map(depositHash)])
  const leaf: InboxLeaf = {
    kind: 0,
    sequencerHeight: 9n,
    timestamp: head.timestamp + 1n,
    originNumber: 7n,
    originHash: word(0xabcn),
    originTimestamp: 900n,
    originBaseFee: 5n,
    prevRandao: word(77n),
    payloadHash: keccak256Hex(payload),
    txCount: BigInt(payloadEntries(payload).length),
    txRoot: txRoot(payload),
    depositStart: 1n,
    depositEnd: BigInt(1 + deposits.length),
    depositRoot: queue.root(),
  }
  const inbox = inboxOf(before, leaf)
  return {
    before,
    parent: head,
    leaf,
    leafSiblings: inbox.proof(Number(before.inboxCount)),
    payload,
    deposits,
    depositSiblings: deposits.map((_, i) => queue.proof(i + 1)),
    config,
    portal,
    assertion: { startInboxCount: 3n, targetCount: 1_000n, maxGas: 10n ** 12n, maxBlocks: 4_096n },
  }
}

/** Any other leaves, then the block's. */
export function inboxOf({ inboxCount }: BlockState, leaf: InboxLeaf): AppendOnlyTree {
  const others = Array.from({ length: Number(inboxCount) }, (_, i) => word(BigInt(i + 1)))
  return createTree([...others, inboxLeafHash(leaf)])
}
