import type { BlockHeader, L2ChainConfig } from '@crema/protocol'
import { larger } from '../bigint.ts'

/** Base fee in wei of the block after `parent`: EIP-1559 with the chain's constants, never below its minimum. */
export function nextBaseFee(
  parent: Pick<BlockHeader, 'gasLimit' | 'gasUsed' | 'baseFeePerGas'>,
  config: L2ChainConfig,
): bigint {
  const target = parent.gasLimit / config.elasticityMultiplier
  const current = parent.baseFeePerGas ?? config.minBaseFee
  const next = adjust(current, parent.gasUsed, target, config.baseFeeChangeDenominator)
  return larger(next, config.minBaseFee)
}

function adjust(current: bigint, used: bigint, target: bigint, denominator: bigint): bigint {
  if (used === target) return current
  if (used < target) return current - (current * (target - used)) / target / denominator
  const rise = (current * (used - target)) / target / denominator
  return current + larger(rise, 1n)
}
