import { createExecutor, createGenesis, createSimulator } from '@crema/execution'
import {
  type Address,
  type Deposit,
  depositTransactionHash,
  encodePayload,
  type GenesisAccount,
  type L2Block,
  opDepositAlias,
  type RollupConfig,
} from '@crema/protocol'
import { createRpc, type Rpc, type RpcDeps } from '../../src/index.ts'
import type { NodeEvent, RollupNodePort } from '../../src/ports.ts'
import { chainScans } from '../../src/scan/chain-scans.ts'
import { createMemoryChain, type MemoryChain } from './memory-chain.ts'
import { createMemorySequencer, type MemorySequencer } from './memory-sequencer.ts'
import { rollupConfig } from './rollup-config.ts'

/** A rollup in one process: real executor and state, a sequencer in memory, and the server over them. */
export interface TestRollup {
  readonly config: RollupConfig
  readonly chain: MemoryChain
  readonly node: RollupNodePort
  readonly sequencer: MemorySequencer
  readonly rpc: Rpc
  /** Executes what the sequencer holds (or `raws`) as one block after `deposits`. */
  seal(options?: { raws?: readonly Uint8Array[]; deposits?: readonly Deposit[] }): Promise<L2Block>
  /** Rolls back to `number`, as a node does when L1 contradicts it. */
  rollback(number: bigint): L2Block[]
}

/** Builds the rollup on a genesis with `alloc`. */
export async function createTestRollup(
  alloc: Readonly<Record<Address, GenesisAccount>>,
  deps: Partial<RpcDeps> = {},
): Promise<TestRollup> {
  const config = rollupConfig(alloc)
  const chain = createMemoryChain()
  const genesis = await createGenesis(config.genesis, config.l2)
  chain.append(genesis.block, genesis.writes)
  const { portal } = config.l1Contracts
  const executor = createExecutor({ config: config.l2, state: chain, portal })
  const blockHash = (number: bigint) => chain.headerByNumber(number)?.hash
  const simulator = createSimulator({ config: config.l2, state: chain, blockHash })
  const listeners = new Set<(event: NodeEvent) => void>()
  const emit = (event: NodeEvent) => {
    for (const listener of listeners) listener(event)
  }
  const node: RollupNodePort = {
    chain,
    simulator,
    scans: chainScans(chain, config.l2),
    config,
    status: () => ({
      l1: { head: undefined, safe: undefined, finalized: undefined, current: undefined },
      heads: chain.heads(),
      syncing: undefined,
      sequencer: { connected: true },
      lastAsserted: undefined,
      lastConfirmed: undefined,
    }),
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const sequencer = createMemorySequencer()
  const logger = { warn: () => {}, error: (fields: object, message: string) => console.error(message, fields) }
  const rpc = createRpc({ node, sequencer, logger, ...deps })
  return {
    config,
    chain,
    node,
    sequencer,
    rpc,
    async seal({ raws = sequencer.take(), deposits = [] } = {}) {
      const parent = chain.headerByNumber(chain.heads().latest.number)!
      const number = parent.number + 1n
      const origin = { number: 1n, hash: `0x${'11'.repeat(32)}`, timestamp: 1n, baseFee: 7n } as const
      const prevRandao = `0x${number.toString(16).padStart(64, '0')}` as const
      const payload = encodePayload(raws)
      const timestamp = parent.timestamp + 1n
      const input = { number, timestamp, prevRandao, origin, deposits, payload }
      const { block, writes } = await executor.executeBlock(parent, input)
      chain.append(block, writes)
      for (const deposit of deposits) {
        const alias = opDepositAlias(deposit.l1BlockHash, deposit.l1LogIndex, deposit)
        chain.addAlias(alias, depositTransactionHash(deposit, portal))
      }
      emit({ type: 'block', block })
      return block
    },
    rollback(number) {
      const blocks = chain.rollback(number)
      emit({ type: 'removed', blocks })
      return blocks
    },
  }
}
