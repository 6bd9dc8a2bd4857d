import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ChainStore, openChainStore } from '@crema/chain-store'
import { createExecutor, createGenesis, createSimulator } from '@crema/execution'
import { createL1Client } from '@crema/l1'
import { type RollupConfig, rollupConfigDigest } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import type { Clock, Logger } from '@crema/service-kit'
import { genesisPosition } from './chain/positions.ts'
import { createNode } from './create-node.ts'
import { NodeError } from './errors.ts'
import type { NodeSettings, RollupNode } from './types.ts'

/** What a service says about the node it runs. */
export interface OpenNodeOptions {
  readonly config: RollupConfig
  /** Folder of the node's database. */
  readonly dataDir: string
  readonly l1Url: string
  /** Undefined follows L1 alone. */
  readonly sequencerUrl: string | undefined
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: NodeSettings
}

/** A node and what has to be closed after its `run` has ended. */
export interface OpenedNode {
  readonly node: RollupNode
  close(): void
}

/**
 * Opens a node on its own database: builds the genesis block, which must be the configured one, stores it if the database is new,
 * and wires the parts. Throws {@link NodeError} `GENESIS_MISMATCH`, `ChainStoreError`.
 */
export async function openNode(options: OpenNodeOptions): Promise<OpenedNode> {
  const { config, dataDir, l1Url, sequencerUrl, clock, logger, settings } = options
  const genesis = await createGenesis(config.genesis, config.l2)
  if (genesis.block.hash !== config.genesisState.blockHash) {
    throw new NodeError('GENESIS_MISMATCH', 'the configured allocation does not give the configured genesis block', {
      details: { computed: genesis.block.hash, configured: config.genesisState.blockHash },
    })
  }
  mkdirSync(dataDir, { recursive: true })
  const configDigest = rollupConfigDigest(config)
  const store = openChainStore({
    path: join(dataDir, 'chain.sqlite'),
    genesis: { genesisHash: genesis.block.hash, configDigest },
  })
  try {
    store.initialize({ block: genesis.block, writes: genesis.writes, position: genesisPosition(config), configDigest })
    const node = createNode({
      config,
      l1: createL1Client({ url: l1Url }),
      sequencer: sequencerUrl === undefined ? undefined : createHttpSequencerClient({ url: sequencerUrl }),
      store,
      executor: createExecutor({ config: config.l2, state: store, portal: config.l1Contracts.portal }),
      simulator: createSimulator({ config: config.l2, state: store, blockHash: (number) => blockHash(store, number) }),
      clock,
      logger,
      settings,
    })
    return { node, close: () => store.close() }
  } catch (error) {
    store.close()
    throw error
  }
}

const blockHash = (store: ChainStore, number: bigint) => store.headerByNumber(number)?.hash
