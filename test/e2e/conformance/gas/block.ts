import { createGenesis } from '@crema/execution'
import { createProvingMachine, type ProvableBlock, type ProvingMachine } from '@crema/machine'
import {
  type Address,
  type BlockInput,
  blockStatus,
  createTree,
  type Deposit,
  depositHash,
  encodePayload,
  type GenesisAccount,
  type Hash,
  hexToBytes,
  inboxLeafHash,
  keccak256Hex,
  type L2ChainConfig,
  payloadEntries,
  txRoot,
} from '@crema/protocol'
import { createMemoryStore, type MemoryStore } from '../memory-store.ts'

/** The machine as micro-ops change it. */
export type Machine = ProvingMachine['machine']

/** The chain that `shareVerifier` deploys the contracts for. */
export const config: L2ChainConfig = {
  chainId: 1n,
  blockGasLimit: 30_000_000n,
  minBaseFee: 1n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}
export const portal: Address = '0x4200000000000000000000000000000000000099'

/** A block, the state that it begins in, and the Inbox that holds its leaf. */
export interface MadeBlock {
  readonly block: ProvableBlock
  readonly store: MemoryStore
  readonly inboxRoot: Uint8Array
  /** What the block is a function of beside its parent. */
  readonly input: BlockInput
  /** The machine with blockBegin due. */
  machine(): ProvingMachine
}

/** What a block is made of. */
export interface BlockParts {
  readonly alloc: Record<Address, GenesisAccount>
  readonly entries: readonly Uint8Array[]
  readonly deposits?: readonly Deposit[]
}

/** The first block on a genesis with these accounts. */
export async function makeBlock({ alloc, entries, deposits = [] }: BlockParts): Promise<MadeBlock> {
  const genesis = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1n, alloc }, config)
  const store = createMemoryStore()
  store.add(genesis.writes)
  const parent = genesis.header
  const payload = encodePayload(entries)
  const queue = createTree([hash(5n), ...deposits.map(depositHash)])
  const leaf = {
    kind: 0 as const,
    sequencerHeight: 9n,
    timestamp: parent.timestamp + 1n,
    originNumber: 7n,
    originHash: hash(0xabcn),
    originTimestamp: 900n,
    originBaseFee: 5n,
    prevRandao: hash(77n),
    payloadHash: keccak256Hex(payload),
    txCount: BigInt(payloadEntries(payload).length),
    txRoot: txRoot(payload),
    depositStart: 1n,
    depositEnd: BigInt(1 + deposits.length),
    depositRoot: queue.root(),
  }
  const inbox = createTree([hash(1n), hash(2n), hash(3n), inboxLeafHash(leaf)])
  const block: ProvableBlock = {
    before: {
      number: parent.number,
      blockHash: parent.hash,
      stateRoot: parent.stateRoot,
      withdrawalsRoot: parent.withdrawalsRoot!,
      inboxCount: 3n,
      gasSinceAssertionStart: 0n,
      status: blockStatus.blockEnd,
    },
    parent,
    leaf,
    leafSiblings: inbox.proof(3),
    payload,
    deposits,
    depositSiblings: deposits.map((_, i) => queue.proof(i + 1)),
    config,
    portal,
    assertion: { startInboxCount: 3n, targetCount: 1_000n, maxGas: 2n ** 63n, maxBlocks: 4_096n },
  }
  const { originNumber: number, originHash, originTimestamp, originBaseFee } = leaf
  const input: BlockInput = {
    number: parent.number + 1n,
    timestamp: leaf.timestamp,
    prevRandao: leaf.prevRandao,
    origin: { number, hash: originHash, timestamp: originTimestamp, baseFee: originBaseFee },
    deposits,
    payload,
  }
  const inboxRoot = hexToBytes(inbox.root())
  return { block, store, input, inboxRoot, machine: () => createProvingMachine(block, store) }
}

function hash(value: bigint): Hash {
  return `0x${value.toString(16).padStart(64, '0')}`
}
