import type { Limits } from '@crema/dispute'
import { type ChallengerConfig, etherToWei } from '../config.ts'

/** What bounds stakes beside the configuration, as it is now. */
export interface Funds {
  /** Wei of own bonds that can still be slashed. */
  readonly atRiskWei: () => bigint
  /** Wei that new stakes may use. */
  readonly spendableWei: () => bigint
}

/** The bounds of the configuration; what is at risk is also bounded by what the account holds above its reserve. */
export function limitsOf(config: ChallengerConfig['challenger'], { atRiskWei, spendableWei }: Funds): Limits {
  const maxAtRiskWei = etherToWei(config.maxAtRiskEther)
  return {
    maxStakeWei: etherToWei(config.maxStakeEther),
    minClockSeconds: BigInt(config.minClockSeconds),
    minCollectWei: etherToWei(config.minCollectEther),
    get maxAtRiskWei() {
      const affordable = atRiskWei() + spendableWei()
      return affordable < maxAtRiskWei ? affordable : maxAtRiskWei
    },
  }
}
