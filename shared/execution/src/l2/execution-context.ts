import { predeploys } from '@crema/protocol'
import type { Block } from '@ethereumjs/block'
import { createAddressFromString } from '@ethereumjs/util'
import type { Engine } from '../vm/engine.ts'

/** One block while its transactions run. */
export interface ExecutionContext {
  readonly engine: Engine
  /** What the EVM sees of the block. */
  readonly block: Block
  /** Wei. */
  readonly baseFee: bigint
  readonly gasLimit: bigint
}

/** Who gets the effective tips. */
export const sequencerFeeVault = createAddressFromString(predeploys.sequencerFeeVault)
/** Who gets the base fees. */
export const baseFeeVault = createAddressFromString(predeploys.baseFeeVault)
