import { type Address, blockStatus, type Hash } from '@crema/protocol'
import { startAnvil, testAccount } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { onTestFinished } from 'vitest'
import { highestCreditGasPrice } from '../../src/credit-gas-price.ts'
import type { DeployRollupParameters } from '../../src/deploy-rollup.ts'

const word = (byte: string): Hash => `0x${byte.repeat(32)}`
/** Addresses of the committee, in order. */
export const committee = [2, 3, 4, 5].map((i) => testAccount(i).address.toLowerCase() as Address).sort()
export const guardian = testAccount(1).address

/** An anvil of the test's own, and what a rollup is deployed with there. */
export async function deployment() {
  const anvil = await startAnvil()
  onTestFinished(() => anvil.stop())
  const deployer = createWalletClient({ account: testAccount(0), transport: http(anvil.url) })
  const { timestamp } = await anvil.client.getBlock()
  const parameters: DeployRollupParameters = {
    committee,
    salt: word('01'),
    l2: {
      chainId: 901n,
      blockGasLimit: 30_000_000n,
      minBaseFee: 7n,
      elasticityMultiplier: 2n,
      baseFeeChangeDenominator: 8n,
    },
    genesisTimestamp: timestamp,
    genesisState: {
      number: 0n,
      blockHash: word('0a'),
      stateRoot: word('0b'),
      withdrawalsRoot: word('0c'),
      inboxCount: 0n,
      gasSinceAssertionStart: 0n,
      status: blockStatus.assertionEnd,
    },
    challengePeriod: 3_600n,
    gracePeriod: 2n,
    minAssertionPeriod: 1n,
    forceDelay: 60n,
    stake: 10n ** 18n,
    maxBlocksPerAssertion: 4_096n,
    maxGasPerAssertion: 10n ** 12n,
    maxCreditGasPrice: highestCreditGasPrice(10n ** 18n),
    verifierOwner: guardian,
    verifierDelay: 3_600n + 604_800n,
    guardian,
    maxPause: 60n,
    pauseCooldown: 120n,
  }
  return { url: anvil.url, client: anvil.client, deployer, parameters }
}
