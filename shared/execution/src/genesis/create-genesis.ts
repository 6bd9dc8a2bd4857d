import {
  type BlockState,
  blockStatus,
  type L2Block,
  type L2ChainConfig,
  type L2Genesis,
  type StateWrites,
} from '@crema/protocol'
import { sealBlock } from '../l2/seal-block.ts'
import type { SealedHeader } from '../types.ts'
import { genesisAllocation } from './genesis-allocation.ts'
import { writeAllocation } from './write-allocation.ts'

/** The first block, its state for the store, and what assertions start from. */
export interface Genesis {
  readonly header: SealedHeader
  readonly block: L2Block
  readonly writes: StateWrites
  readonly state: BlockState
}

const ZERO_HASH = `0x${'00'.repeat(32)}` as const

/**
 * Builds the genesis block: the allocation, empty accounts apart, is its whole state, every other field but `genesis`'s is zero or empty. Throws what
 * `genesisAllocation` throws.
 */
export async function createGenesis(genesis: L2Genesis, config: L2ChainConfig): Promise<Genesis> {
  const state = await writeAllocation(genesisAllocation(genesis.alloc))
  const block = await sealBlock(
    state,
    {
      parentHash: ZERO_HASH,
      number: genesis.number,
      gasLimit: config.blockGasLimit,
      timestamp: genesis.timestamp,
      mixHash: ZERO_HASH,
      baseFeePerGas: genesis.baseFee,
      parentBeaconBlockRoot: ZERO_HASH,
    },
    { transactions: [], receipts: [], skipped: [] },
  )
  return {
    header: { ...block.header, hash: block.hash },
    block,
    writes: state.takeWrites(),
    state: {
      number: genesis.number,
      blockHash: block.hash,
      stateRoot: block.header.stateRoot,
      withdrawalsRoot: block.header.withdrawalsRoot!,
      inboxCount: 0n,
      gasSinceAssertionStart: 0n,
      status: blockStatus.blockEnd,
    },
  }
}
