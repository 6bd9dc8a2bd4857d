import type { BlockHeader, L2ChainConfig } from '@crema/protocol'

/** Base fee in wei of the block after `parent` (EIP-1559, never below the chain's minimum). */
export function nextBaseFee(config: L2ChainConfig, parent: BlockHeader): bigint {
  const base = parent.baseFeePerGas ?? 0n
  const target = parent.gasLimit / config.elasticityMultiplier
  const next = adjust(base, parent.gasUsed, target, config.baseFeeChangeDenominator)
  return next > config.minBaseFee ? next : config.minBaseFee
}

function adjust(base: bigint, used: bigint, target: bigint, denominator: bigint): bigint {
  if (used === target) return base
  if (used > target) {
    const delta = (base * (used - target)) / target / denominator
    return base + (delta > 1n ? delta : 1n)
  }
  return base - (base * (target - used)) / target / denominator
}
