import type { BlockHeader, L2ChainConfig } from '@crema/protocol'

/** Base fee in wei of the block after `parent`: EIP-1559 with the chain's constants, never below its minimum. */
export function nextBaseFee(
  parent: Pick<BlockHeader, 'gasLimit' | 'gasUsed' | 'baseFeePerGas'>,
  { elasticityMultiplier, baseFeeChangeDenominator, minBaseFee }: L2ChainConfig,
): bigint {
  const target = parent.gasLimit / elasticityMultiplier
  const current = parent.baseFeePerGas ?? minBaseFee
  const next = current + change(current, parent.gasUsed - target, target, baseFeeChangeDenominator)
  return next < minBaseFee ? minBaseFee : next
}

/** For `excess` gas above (or, negative, below) the target. */
function change(current: bigint, excess: bigint, target: bigint, denominator: bigint): bigint {
  if (excess === 0n) return 0n
  if (excess < 0n) return -((current * -excess) / target / denominator)
  const rise = (current * excess) / target / denominator
  return rise === 0n ? 1n : rise
}
