import {
  type Address,
  type BlockInput,
  bytesToHex,
  type Deposit,
  encodePayload,
  encodeTransaction,
  type GenesisAccount,
  type Hash,
  type L2ChainConfig,
  recoverSender,
  type StateReader,
  type StateWrites,
  signTransaction,
  type UnsignedTransaction,
} from '@crema/protocol'
import type { ExecutionResult, Executor, Genesis, SealedHeader } from '../src/index.ts'
import { createExecutor, createGenesis } from '../src/index.ts'

export const config: L2ChainConfig = {
  chainId: 4242n,
  blockGasLimit: 30_000_000n,
  minBaseFee: 1_000n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}
export const portal: Address = '0x00000000000000000000000000000000000f0f0f'
export const ether = 10n ** 18n

/** A store in memory, as a node's is on disk. */
export interface MemoryStore extends StateReader {
  readonly nodes: Map<string, Uint8Array>
  readonly codes: Map<string, Uint8Array>
  add(writes: StateWrites): void
}

export function createMemoryStore(): MemoryStore {
  const nodes = new Map<string, Uint8Array>()
  const codes = new Map<string, Uint8Array>()
  const key = (hash: Uint8Array): string => bytesToHex(hash).slice(2)
  return {
    nodes,
    codes,
    node: (hash) => nodes.get(key(hash)),
    code: (hash) => codes.get(key(hash)),
    add(writes) {
      for (const [hash, node] of writes.nodes) nodes.set(hash, node)
      for (const [hash, code] of writes.codes) codes.set(hash, code)
    },
  }
}

/** A key and its address. */
export interface Wallet {
  readonly key: Uint8Array
  readonly address: Address
}

export function wallet(seed: number): Wallet {
  const key = new Uint8Array(32)
  key[31] = seed & 0xff
  key[30] = seed >> 8
  key[0] = 1
  const transaction = signTransaction(transfer({ nonce: 0n }), key)
  return { key, address: recoverSender(transaction)! }
}

type FeeMarket = Extract<UnsignedTransaction, { type: 2 }>

/** A fee-market transaction with what a test does not care about filled in. */
export function transfer(fields: Partial<FeeMarket>): FeeMarket {
  return {
    type: 2,
    chainId: config.chainId,
    nonce: 0n,
    maxPriorityFeePerGas: 1n,
    maxFeePerGas: 10n ** 9n,
    gasLimit: 21_000n,
    to: `0x${'77'.repeat(20)}`,
    value: 1n,
    data: new Uint8Array(0),
    accessList: [],
    ...fields,
  }
}

/** Canonical bytes of a signed transaction. */
export function signed(transaction: UnsignedTransaction, from: Wallet): Uint8Array {
  return encodeTransaction(signTransaction(transaction, from.key))
}

export function deposit(index: number, fields: Partial<Deposit> = {}): Deposit {
  return {
    index: BigInt(index),
    from: `0x${'aa'.repeat(20)}`,
    to: `0x${'bb'.repeat(20)}`,
    mint: 0n,
    value: 0n,
    gasLimit: 100_000n,
    data: new Uint8Array(0),
    l1BlockNumber: 1n,
    l1BlockHash: `0x${'11'.repeat(32)}`,
    l1Timestamp: 1n,
    l1TransactionHash: `0x${'12'.repeat(32)}`,
    l1LogIndex: 0,
    ...fields,
  }
}

/** A chain that executes block after block, storing each one's writes. */
export interface TestChain {
  readonly store: MemoryStore
  readonly genesis: Genesis
  readonly executor: Executor
  head: SealedHeader
  next(fields?: Partial<BlockInput>): BlockInput
  run(
    raws: readonly Uint8Array[],
    deposits?: readonly Deposit[],
    fields?: Partial<BlockInput>,
  ): Promise<ExecutionResult>
}

export async function createTestChain(
  alloc: Record<Address, GenesisAccount>,
  chainConfig: L2ChainConfig = config,
): Promise<TestChain> {
  const store = createMemoryStore()
  const genesis = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1_000n, alloc }, chainConfig)
  store.add(genesis.writes)
  const chain: TestChain = {
    store,
    genesis,
    executor: createExecutor({ config: chainConfig, state: store, portal }),
    head: genesis.header,
    next: (fields = {}) => ({
      number: chain.head.number + 1n,
      timestamp: chain.head.timestamp + 1n,
      prevRandao: hash(Number(chain.head.number) + 1),
      origin: { number: 7n, hash: hash(0xabc), timestamp: 900n, baseFee: 5n },
      deposits: [],
      payload: new Uint8Array(0),
      ...fields,
    }),
    async run(raws, deposits = [], fields = {}) {
      const input = chain.next({ payload: encodePayload(raws), deposits, ...fields })
      const result = await chain.executor.executeBlock(chain.head, input)
      store.add(result.writes)
      chain.head = { ...result.block.header, hash: result.block.hash }
      return result
    },
  }
  return chain
}

export function hash(value: number | bigint): Hash {
  return `0x${value.toString(16).padStart(64, '0')}`
}
