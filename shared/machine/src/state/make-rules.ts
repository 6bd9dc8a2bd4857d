import { limits, predeploys } from '@crema/protocol'
import type { Rules } from './rules.ts'

/** Rule set `l2`: Osaka with the rollup's limits and payees (docs/protocol/block.md). */
export function l2Rules(chainId: bigint): Rules {
  return {
    name: 'l2',
    chainId,
    osaka: true,
    baseFeeVault: BigInt(predeploys.baseFeeVault),
    maxPrecompileGas: Number(limits.maxPrecompileGas),
    maxPrecompileInput: limits.maxPrecompileInput,
    maxTransactionSize: limits.maxTransactionSize,
    maxTransactionGas: limits.maxTransactionGas,
    blobs: false,
  }
}

/** Rule set `l1`: plain Ethereum as of Prague or Osaka, without the rollup's limits. */
export function l1Rules(chainId: bigint, fork: 'prague' | 'osaka'): Rules {
  const osaka = fork === 'osaka'
  return {
    name: 'l1',
    chainId,
    osaka,
    baseFeeVault: undefined,
    maxPrecompileGas: Number.POSITIVE_INFINITY,
    maxPrecompileInput: Number.POSITIVE_INFINITY,
    maxTransactionSize: Number.POSITIVE_INFINITY,
    maxTransactionGas: osaka ? limits.maxTransactionGas : 2n ** 64n,
    blobs: true,
  }
}
