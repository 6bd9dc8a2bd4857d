import { type Address, blockStatus, type Hash } from '@crema/protocol'
import { startAnvil, testAccount } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { expect, it, onTestFinished } from 'vitest'
import { checkDeployment, type DeploymentIdentity } from '../src/check-deployment.ts'
import { type DeployRollupParameters, deployRollup } from '../src/deploy-rollup.ts'
import type { DeployedContracts } from '../src/deployment-addresses.ts'

const word = (byte: string): Hash => `0x${byte.repeat(32)}`
const committee = [2, 3, 4, 5].map((i) => testAccount(i).address.toLowerCase() as Address).sort()
const guardian = testAccount(1).address

async function deployment() {
  const anvil = await startAnvil()
  onTestFinished(() => anvil.stop())
  const deployer = createWalletClient({ account: testAccount(0), transport: http(anvil.url) })
  const { timestamp } = await anvil.client.getBlock()
  const parameters: DeployRollupParameters = {
    committee,
    salt: word('01'),
    l2ChainId: 901n,
    l2BlockGasLimit: 30_000_000n,
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
    l2Elasticity: 2n,
    l2BaseFeeChangeDenominator: 8n,
    l2MinBaseFee: 1_000_000n,
    challengePeriod: 3_600n,
    gracePeriod: 2n,
    minAssertionPeriod: 1n,
    forceDelay: 60n,
    stake: 10n ** 18n,
    maxBlocksPerAssertion: 4_096n,
    maxGasPerAssertion: 10n ** 12n,
    maxCreditGasPrice: 10n ** 9n,
    verifierOwner: `0x${'00'.repeat(20)}`,
    verifierDelay: 3_600n,
    guardian,
    maxPause: 60n,
    pauseCooldown: 120n,
  }
  return { client: anvil.client, deployer, parameters }
}

it('deploys contracts that name one another, and notices when any of them names something else', async () => {
  const { client, deployer, parameters } = await deployment()
  const first = await deployRollup(client, deployer, parameters)
  const identity: DeploymentIdentity = { lane: 901n, setId: first.setId, guardian, committee }
  await checkDeployment(client, first.contracts, identity)

  const second = await deployRollup(client, deployer, parameters)
  expect(second.setId).toBe(first.setId)
  expect(second.genesisOrigin.number).toBeGreaterThan(first.genesisOrigin.number)
  const wrong = { code: 'L1_WRONG_DEPLOYMENT', retryable: false }
  for (const name of Object.keys(first.contracts) as (keyof DeployedContracts)[]) {
    // Of another rollup: the same code, other references.
    const mixed = { ...first.contracts, [name]: second.contracts[name] }
    await expect(checkDeployment(client, mixed, identity), name).rejects.toMatchObject(wrong)
    const missing = { ...first.contracts, [name]: `0x${'77'.repeat(20)}` as const }
    await expect(checkDeployment(client, missing, identity), name).rejects.toMatchObject({
      ...wrong,
      details: { name },
    })
  }
  const others: Partial<DeploymentIdentity>[] = [
    { lane: 902n },
    { guardian: testAccount(2).address },
    { committee: committee.slice(1) },
  ]
  for (const other of others) {
    await expect(checkDeployment(client, first.contracts, { ...identity, ...other })).rejects.toMatchObject(wrong)
  }
})

it('fails when a contract refuses its parameters', async () => {
  const { client, deployer, parameters } = await deployment()
  await expect(deployRollup(client, deployer, { ...parameters, l2BlockGasLimit: 15_999_999n })).rejects.toThrow()
  await expect(deployRollup(client, deployer, { ...parameters, challengePeriod: 0n })).rejects.toThrow()
})
