import { type Limits, leastClockSeconds } from '@crema/dispute'
import type { RollupConfig } from '@crema/protocol'
import { etherToWei, type ProposerConfig } from './config.ts'

/** What bounds the stakes of the defence beside its configuration. */
export interface DefendedStakes {
  readonly rollup: Pick<RollupConfig, 'stake' | 'challengePeriod'>
  /** Own bonds behind undecided assertions of the right line, as of now. */
  readonly standing: () => number
}

/**
 * The bounds of the configuration. What is at risk is bounded beyond the bonds that stand behind own assertions of the right line: so only the bonds that were posted
 * for commitments count. The others are what the defence protects. They are at risk whether it stakes or not, and if they counted, the more a proposer has to lose
 * the less it could do about it. What a fault of the defence can lose beside them is `maxAtRiskEther` at most, and the bonds of a line that is not right count as before.
 */
export function defenceLimits(
  { maxStakeEther, maxAtRiskEther }: Pick<ProposerConfig['defence'], 'maxStakeEther' | 'maxAtRiskEther'>,
  { rollup, standing }: DefendedStakes,
): Limits {
  return {
    maxStakeWei: etherToWei(maxStakeEther),
    minClockSeconds: leastClockSeconds(rollup.challengePeriod),
    minCollectWei: 0n,
    get maxAtRiskWei() {
      return etherToWei(maxAtRiskEther) + BigInt(standing()) * rollup.stake
    },
  }
}
