import { type Block, createBlock } from '@ethereumjs/block'
import { type CustomPrecompile, createEVM, type EVM, type EVMMockBlockchainInterface } from '@ethereumjs/evm'
import { paramsTx } from '@ethereumjs/tx'
import { paramsVM } from '@ethereumjs/vm'
import type { JournaledState } from '../state/journaled-state.ts'
import type { FastCommon } from './common.ts'
import { cappedPrecompiles } from './precompiles.ts'

/** An EVM bound to one state, and the rules it follows. Serves one call at a time. */
export interface Engine {
  readonly evm: EVM
  readonly common: FastCommon
  readonly state: JournaledState
}

/** Hash of a block by number, as BLOCKHASH asks for it: only for the 256 blocks before the current one. */
export type BlockHashSource = (number: bigint) => Promise<Uint8Array>

/** Makes an engine for rule set `l2`: precompiles are capped. */
export function createL2Engine(common: FastCommon, state: JournaledState, blockHash: BlockHashSource): Promise<Engine> {
  return createEngine(common, state, blockHash, cappedPrecompiles(common))
}

/** Makes an engine with Ethereum's precompiles, but for `custom` ones. */
export async function createEngine(
  common: FastCommon,
  state: JournaledState,
  blockHash: BlockHashSource,
  custom: CustomPrecompile[] = [],
): Promise<Engine> {
  common.updateParams(paramsTx)
  common.updateParams(paramsVM)
  const evm = await createEVM({
    common,
    stateManager: state,
    blockchain: hashesOnly(blockHash),
    customPrecompiles: custom,
  })
  return { evm, common, state }
}

/** The only thing that the EVM asks a blockchain for is the hash of an ancestor. */
export function hashesOnly(blockHash: BlockHashSource): EVMMockBlockchainInterface {
  const blockchain: EVMMockBlockchainInterface = {
    async getBlock(number) {
      const hash = await blockHash(BigInt(number))
      return { hash: () => hash }
    },
    async putBlock() {},
    shallowCopy: () => blockchain,
  }
  return blockchain
}

/** What the EVM reads of the block it runs in. */
export interface BlockContext {
  readonly number: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly coinbase: `0x${string}`
  readonly gasLimit: bigint
  /** Wei. */
  readonly baseFeePerGas: bigint
  readonly prevRandao: `0x${string}`
  /** What BLOBBASEFEE depends on (EIP-4844); always 0 on L2. */
  readonly excessBlobGas?: bigint
}

/** The context as the library's block. */
export function contextBlock(common: FastCommon, context: BlockContext): Block {
  const { prevRandao, ...header } = context
  return createBlock(
    { header: { ...header, mixHash: prevRandao } },
    { common, skipConsensusFormatValidation: true, setHardfork: false },
  )
}
