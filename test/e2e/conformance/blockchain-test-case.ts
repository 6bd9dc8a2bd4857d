import {
  allocationState,
  createL1Common,
  createL1Executor,
  InvalidBlockError,
  type L1Executor,
  type L1Import,
  scheduleForks,
} from '@crema/execution'
import { bytesToHex, type Hash, type Hex, hexToBytes } from '@crema/protocol'
import { type FixtureState, toAllocation } from './fixture-state.ts'
import { createMemoryStore } from './memory-store.ts'

/** A case of the `blockchain_test` format (execution-spec-tests). */
export interface BlockchainTestCase {
  readonly network: string
  readonly genesisRLP: Hex
  readonly genesisBlockHeader: { readonly stateRoot: Hash; readonly hash: Hash }
  readonly blocks: readonly {
    readonly rlp: Hex
    readonly expectException?: string
    readonly blockHeader?: { readonly hash: Hash }
  }[]
  readonly pre: FixtureState
  readonly postState?: FixtureState
  readonly lastblockhash: Hash
  readonly config?: { readonly chainid?: Hex }
}

/**
 * Imports every block of a case. Throws unless valid blocks import with the stated hashes, invalid ones are refused, the last valid
 * block is `lastblockhash` and the state is `postState`.
 */
export async function runBlockchainTestCase(test: BlockchainTestCase): Promise<void> {
  const store = createMemoryStore()
  const pre = await allocationState(toAllocation(test.pre))
  store.add(pre.writes)
  expectEqual('genesis state root', bytesToHex(pre.root), test.genesisBlockHeader.stateRoot)
  const fork = test.network.toLowerCase()
  const common = createL1Common({ chain: scheduleForks(BigInt(test.config?.chainid ?? '0x1'), fork), hardfork: fork })
  const executor = await createL1Executor({ common, state: store, genesis: hexToBytes(test.genesisRLP) })
  expectEqual('genesis hash', executor.genesisHash, test.genesisBlockHeader.hash)
  let head = { hash: executor.genesisHash, stateRoot: bytesToHex(pre.root) }
  for (const [i, block] of test.blocks.entries()) {
    const imported = await importBlock(executor, block.rlp)
    if (block.expectException !== undefined) {
      if (imported instanceof InvalidBlockError) continue
      throw new Error(`block ${i} was imported, but is invalid: ${block.expectException}`)
    }
    if (imported instanceof InvalidBlockError) throw imported
    if (block.blockHeader !== undefined) expectEqual(`hash of block ${i}`, imported.hash, block.blockHeader.hash)
    store.add(imported.writes)
    head = imported
  }
  expectEqual('lastblockhash', head.hash, test.lastblockhash)
  if (test.postState !== undefined) expectEqual('state root', await rootOf(test.postState), head.stateRoot)
}

async function importBlock(executor: L1Executor, rlp: Hex): Promise<L1Import | InvalidBlockError> {
  return executor.importBlock(hexToBytes(rlp)).catch((error) => {
    if (error instanceof InvalidBlockError) return error
    throw error
  })
}

/** Root of a state given in full: equal roots mean equal accounts, code and storage. */
async function rootOf(state: FixtureState): Promise<Hash> {
  const { root } = await allocationState(toAllocation(state))
  return bytesToHex(root)
}

function expectEqual(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what} is ${actual}, expected ${expected}`)
}
