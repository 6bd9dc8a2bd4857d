import type { Hex } from '@crema/protocol'
import { testAccount } from '@crema/testing'
import type { Abi } from 'viem'
import { expect, it } from 'vitest'
import { type ChainConstants, chainConstants } from '../src/chain-constants.ts'
import { checkDeployment, type DeploymentIdentity } from '../src/check-deployment.ts'
import { checkStepVerifier } from '../src/check-step-verifier.ts'
import type { L1Client } from '../src/client.ts'
import { type DeployRollupParameters, deployRollup } from '../src/deploy-rollup.ts'
import type { DeployedContracts } from '../src/deployment-addresses.ts'
import { stepVerifierAbi } from '../src/generated/StepVerifier.ts'
import { stepParts } from '../src/step-parts.ts'
import { committee, deployment, guardian } from './support/deployment.ts'

it('deploys contracts that name one another, and notices when any of them names something else', async () => {
  const { client, deployer, parameters } = await deployment()
  const first = await deployRollup(client, deployer, parameters)
  const constants = chainConstants(parameters.l2, first.contracts.portal, parameters)
  const identity: DeploymentIdentity = { setId: first.setId, guardian, committee, constants }
  await checkDeployment(client, first.contracts, identity)
  // One transaction a block: each within what L1 allows a transaction (EIP-7825).
  for (let number = await client.getBlockNumber(); number > first.l1StartBlock; number--) {
    const { gasUsed, transactions } = await client.getBlock({ blockNumber: number })
    expect(transactions).toHaveLength(1)
    expect(gasUsed).toBeLessThan(2n ** 24n)
  }

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
    { guardian: testAccount(2).address },
    { committee: committee.slice(1) },
  ]
  for (const other of others) {
    await expect(checkDeployment(client, first.contracts, { ...identity, ...other })).rejects.toMatchObject(wrong)
  }
})

it('notices a step verifier of other rules, or whose code is another', async () => {
  const { client, deployer, parameters } = await deployment()
  const { contracts } = await deployRollup(client, deployer, parameters)
  const constants = chainConstants(parameters.l2, contracts.portal, parameters)
  const verifier = contracts.stepVerifier
  await checkStepVerifier(client, verifier, constants)
  const wrong = { code: 'L1_WRONG_DEPLOYMENT', retryable: false }
  for (const name of Object.keys(constants) as (keyof ChainConstants)[]) {
    const other = { ...constants, [name]: name === 'portal' ? contracts.inbox : BigInt(constants[name]) + 1n }
    await expect(checkStepVerifier(client, verifier, other), name).rejects.toMatchObject(wrong)
  }
  for (const { name, view } of stepParts) {
    const part = (await client.readContract({
      address: verifier,
      abi: stepVerifierAbi as Abi,
      functionName: view,
    })) as Hex
    const code = (await client.getCode({ address: part }))!
    // One instruction more, where nothing ever comes to.
    await setCode(client, part, `${code}00`)
    await expect(checkStepVerifier(client, verifier, constants), name).rejects.toMatchObject({
      ...wrong,
      details: { name: `stepVerifier.${name}`, address: part.toLowerCase() },
    })
    await setCode(client, part, code)
  }
  await checkStepVerifier(client, verifier, constants)
})

const setCode = (client: L1Client, address: Hex, code: Hex) =>
  client.request({ method: 'anvil_setCode' as never, params: [address, code] as never })

it('fails when a contract refuses its parameters', async () => {
  const { client, deployer, parameters } = await deployment()
  await expect(
    deployRollup(client, deployer, { ...parameters, l2: { ...parameters.l2, blockGasLimit: 15_999_999n } }),
  ).rejects.toThrow()
  const unsafe: Partial<DeployRollupParameters>[] = [
    { challengePeriod: 0n },
    { maxCreditGasPrice: parameters.maxCreditGasPrice + 1n },
    { verifierDelay: parameters.verifierDelay - 1n },
  ]
  for (const other of unsafe) {
    await expect(deployRollup(client, deployer, { ...parameters, ...other })).rejects.toThrow()
  }
})
