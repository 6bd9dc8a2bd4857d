import { createExecutor, createGenesis, type Executor, type SealedHeader } from '@crema/execution'
import {
  type Address,
  type BlockInput,
  bytesToHex,
  type Deposit,
  encodeTransaction,
  type GenesisAccount,
  type Hash,
  hexToBytes,
  type L2Block,
  type L2ChainConfig,
  privateKeyToAddress,
  type StateReader,
  type StateWrites,
  signTransaction,
  type UnsignedTransaction,
} from '@crema/protocol'
import { createMachineExecutor, type MachineExecutor, type MachineResult } from '../../src/index.ts'

export const config: L2ChainConfig = {
  chainId: 4242n,
  blockGasLimit: 30_000_000n,
  minBaseFee: 1_000n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}
export const portal: Address = '0x00000000000000000000000000000000000f0f0f'
export const ether = 10n ** 18n

export interface MemoryStore extends StateReader {
  readonly nodes: Map<string, Uint8Array>
  add(writes: StateWrites): void
}

export function memoryStore(): MemoryStore {
  const nodes = new Map<string, Uint8Array>()
  const codes = new Map<string, Uint8Array>()
  const key = (hash: Uint8Array): string => bytesToHex(hash).slice(2)
  return {
    nodes,
    node: (hash) => nodes.get(key(hash)),
    code: (hash) => codes.get(key(hash)),
    add(writes) {
      for (const [hash, node] of writes.nodes) nodes.set(hash, node)
      for (const [hash, code] of writes.codes) codes.set(hash, code)
    },
  }
}

/** Both engines on one chain, each with a store of its own. */
export interface Pair {
  readonly reference: Executor
  readonly machine: MachineExecutor
  readonly stores: readonly [reference: MemoryStore, machine: MemoryStore]
  head: SealedHeader
  /** Executes one block on both; advances when they agree. */
  run(input: BlockInput): Promise<{ readonly expected: L2Block; readonly actual: MachineResult }>
  next(fields: Partial<BlockInput>): BlockInput
}

export async function createPair(alloc: Record<Address, GenesisAccount>): Promise<Pair> {
  const genesis = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1_000n, alloc }, config)
  const stores = [memoryStore(), memoryStore()] as const
  for (const store of stores) store.add(genesis.writes)
  const pair: Pair = {
    reference: createExecutor({ config, state: stores[0], portal }),
    machine: createMachineExecutor({ config, state: stores[1], portal }),
    stores,
    head: genesis.header,
    next: (fields) => ({
      number: pair.head.number + 1n,
      timestamp: pair.head.timestamp + 1n,
      prevRandao: word(pair.head.number + 77n),
      origin: { number: 7n + pair.head.number, hash: word(0xabcn), timestamp: 900n, baseFee: 5n },
      deposits: [],
      payload: new Uint8Array(0),
      ...fields,
    }),
    async run(input) {
      const { block, writes } = await pair.reference.executeBlock(pair.head, input)
      const actual = pair.machine.executeBlock(pair.head, input)
      stores[0].add(writes)
      stores[1].add(actual.writes)
      if (block.hash === actual.block.hash) pair.head = { ...block.header, hash: block.hash }
      return { expected: block, actual }
    },
  }
  return pair
}

export interface Wallet {
  readonly key: Uint8Array
  readonly address: Address
}

export function wallet(seed: number): Wallet {
  const key = hexToBytes(word(2n ** 248n + BigInt(seed)))
  return { key, address: privateKeyToAddress(key) }
}

export function signed(transaction: UnsignedTransaction, from: Wallet): Uint8Array {
  return encodeTransaction(signTransaction(transaction, from.key))
}

export function deposit(index: number, fields: Partial<Deposit>): Deposit {
  return {
    index: BigInt(index),
    from: address(0xaa),
    to: address(0xbb),
    mint: 0n,
    value: 0n,
    gasLimit: 100_000n,
    data: new Uint8Array(0),
    l1BlockNumber: 1n,
    l1BlockHash: word(0x11n),
    l1Timestamp: 1n,
    l1TransactionHash: word(0x12n),
    l1LogIndex: 0,
    ...fields,
  }
}

export function address(value: number | bigint): Address {
  return `0x${BigInt(value).toString(16).padStart(40, '0')}`
}

export function word(value: bigint): Hash {
  return `0x${value.toString(16).padStart(64, '0')}`
}
