import {
  type BlockState,
  blockStatus,
  type GenesisAccount,
  hexToBytes,
  type L2Block,
  type L2ChainConfig,
  type L2Genesis,
  type StateWrites,
} from '@crema/protocol'
import { Account, type Address, createAddressFromString } from '@ethereumjs/util'
import { sealBlock } from '../l2/seal-block.ts'
import { JournaledState } from '../state/journaled-state.ts'
import { createStateCache } from '../state/state-cache.ts'
import type { SealedHeader } from '../types.ts'

/** The first block, its state for the store, and what assertions start from. */
export interface Genesis {
  readonly header: SealedHeader
  readonly block: L2Block
  readonly writes: StateWrites
  readonly state: BlockState
}

const ZERO_HASH = `0x${'00'.repeat(32)}` as const

/** Builds the genesis block: the allocation is its whole state, every other field but `genesis`'s is zero or empty. */
export async function createGenesis(genesis: L2Genesis, config: L2ChainConfig): Promise<Genesis> {
  const state = new JournaledState(createStateCache({ node: () => undefined, code: () => undefined }))
  for (const [address, account] of Object.entries(genesis.alloc)) {
    await writeAccount(state, createAddressFromString(address), account)
  }
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

async function writeAccount(state: JournaledState, address: Address, account: GenesisAccount): Promise<void> {
  await state.putAccount(address, new Account(account.nonce ?? 0n, account.balance ?? 0n))
  if (account.code !== undefined) await state.putCode(address, hexToBytes(account.code))
  for (const [slot, value] of Object.entries(account.storage ?? {})) {
    await state.putStorage(address, hexToBytes(slot as `0x${string}`), hexToBytes(value))
  }
}
