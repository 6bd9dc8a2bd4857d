import { predeploys } from '@crema/protocol'
import type { Block } from '@ethereumjs/block'
import { type Address, createAddressFromString } from '@ethereumjs/util'
import type { Engine } from '../vm/engine.ts'

/** One block while its transactions run. */
export interface ExecutionContext {
  readonly engine: Engine
  /** What the EVM sees of the block. */
  readonly block: Block
  /** Wei. */
  readonly baseFee: bigint
  readonly gasLimit: bigint
  readonly payees: FeePayees
}

/** Who is paid for gas. */
export interface FeePayees {
  /** Gets what is paid above the base fee. */
  readonly tip: Address
  /** Gets the base fee; undefined burns it. */
  readonly baseFee: Address | undefined
}

/** Rule set `l2`: tips to SequencerFeeVault, base fees to BaseFeeVault. */
export const vaults: FeePayees = {
  tip: createAddressFromString(predeploys.sequencerFeeVault),
  baseFee: createAddressFromString(predeploys.baseFeeVault),
}
