import { type Limits, leastClockSeconds } from '@crema/dispute'
import { type ChallengerConfig, etherToWei } from '../config.ts'

/** What bounds stakes beside the configuration, as it is now. */
export interface Funds {
  /** Wei of own bonds that can still be slashed. */
  readonly atRiskWei: () => bigint
  /** Wei that new stakes may use. */
  readonly spendableWei: () => bigint
  /** Of the rollup, seconds. */
  readonly challengePeriod: bigint
}

/** The bounds of the configuration; what is at risk is also bounded by what the account holds above its reserve. */
export function limitsOf(
  config: ChallengerConfig['challenger'],
  { atRiskWei, spendableWei, challengePeriod }: Funds,
): Limits {
  const maxAtRiskWei = etherToWei(config.maxAtRiskEther)
  const minClock = config.minClockSeconds
  return {
    maxStakeWei: etherToWei(config.maxStakeEther),
    minClockSeconds: minClock === undefined ? leastClockSeconds(challengePeriod) : BigInt(minClock),
    minCollectWei: etherToWei(config.minCollectEther),
    get maxAtRiskWei() {
      const affordable = atRiskWei() + spendableWei()
      return affordable < maxAtRiskWei ? affordable : maxAtRiskWei
    },
  }
}
