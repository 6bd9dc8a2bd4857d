import { limits } from '@crema/protocol'
import type { Common } from '@ethereumjs/common'
import { type CustomPrecompile, EVMError, getActivePrecompiles, type PrecompileFunc } from '@ethereumjs/evm'
import { smaller } from '../bigint.ts'

/** Identity costs what copying costs and is proven without L1's help. */
const IDENTITY = '0000000000000000000000000000000000000004'

/**
 * Every precompile of `common` but identity, made to fail when its price is above 8,000,000 gas or its input longer than
 * 98,304 bytes (docs/protocol/block.md). A failing call uses all its gas, as with any failing precompile.
 */
export function cappedPrecompiles(common: Common): CustomPrecompile[] {
  return [...getActivePrecompiles(common)]
    .filter(([address]) => address !== IDENTITY)
    .map(([address, run]) => ({ address: `0x${address}`, function: capped(run) }))
}

function capped(run: PrecompileFunc): PrecompileFunc {
  return async (input) => {
    const { gasLimit } = input
    if (input.data.length > limits.maxPrecompileInput) return failed(gasLimit)
    // Every precompile compares its price with the gas before it computes anything, so a smaller limit is a limit of the price.
    const gas = smaller(gasLimit, limits.maxPrecompileGas)
    const result = await run({ ...input, gasLimit: gas })
    return result.exceptionError === undefined ? result : { ...result, executionGasUsed: gasLimit }
  }
}

function failed(gasLimit: bigint): ReturnType<PrecompileFunc> {
  return {
    returnValue: new Uint8Array(0),
    executionGasUsed: gasLimit,
    exceptionError: new EVMError(EVMError.errorMessages.OUT_OF_GAS),
  }
}
