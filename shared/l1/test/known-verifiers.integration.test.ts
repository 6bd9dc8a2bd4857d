import type { Address } from '@crema/protocol'
import { expect, it } from 'vitest'
import { createL1Client } from '../src/client.ts'
import { readCommitteeEpoch } from '../src/committee-epoch.ts'
import { deployRollup } from '../src/deploy-rollup.ts'
import { createKnownVerifiers } from '../src/known-verifiers.ts'
import { deployment } from './support/deployment.ts'
import { failingEndpoint } from './support/failing-endpoint.ts'

const internal = { code: -32603, message: 'internal error' }
/** A contract that refuses every call, without a word. */
const REFUSING = '0x60006000fd'
const refusing: Address = `0x${'ab'.repeat(20)}`

async function deployed() {
  const { url, client, deployer, parameters } = await deployment()
  const { contracts, setId } = await deployRollup(client, deployer, parameters)
  const endpoint = await failingEndpoint(url)
  // The rollup's own verifier is one that nobody asks about.
  const config = { ...parameters, l1Contracts: { ...contracts, stepVerifier: refusing, multicall3: refusing } }
  const setCode = (address: Address, code: string) =>
    client.request({ method: 'anvil_setCode' as never, params: [address, code] as never })
  return { l1: createL1Client({ url: endpoint.url }), endpoint, contracts, setId, config, setCode, client }
}

it('knows a verifier after an endpoint failed: what an endpoint fails with says nothing of a contract', async () => {
  const { l1, endpoint, contracts, config } = await deployed()
  const verifiers = createKnownVerifiers(l1, config)
  for (const error of [internal, { ...internal, data: 'header not found' }, { code: -32000, message: 'busy' }]) {
    endpoint.error = error
    const failure = { code: 'L1_UNREACHABLE', retryable: true }
    await expect(verifiers.isKnown(contracts.stepVerifier), error.message).rejects.toMatchObject(failure)
  }
  endpoint.error = undefined
  expect(await verifiers.isKnown(contracts.stepVerifier)).toBe(true)
  endpoint.error = internal
  expect(await verifiers.isKnown(contracts.stepVerifier)).toBe(true)
})

it('does not know what has other code, or none yet, and looks again', async () => {
  const { l1, contracts, config, setCode, client } = await deployed()
  const verifiers = createKnownVerifiers(l1, config)
  const code = (await client.getCode({ address: contracts.stepVerifier }))!
  for (const other of ['0x', REFUSING, `${code}00`]) {
    await setCode(contracts.stepVerifier, other)
    expect(await verifiers.isKnown(contracts.stepVerifier), other.slice(0, 12)).toBe(false)
  }
  await setCode(contracts.stepVerifier, code)
  expect(await verifiers.isKnown(contracts.stepVerifier)).toBe(true)
})

it('says that the registry has no epoch only when the registry says so', async () => {
  const { l1, endpoint, contracts, setId } = await deployed()
  const read = (epoch: bigint) => readCommitteeEpoch(l1, contracts.committeeRegistry, setId, epoch)
  endpoint.error = internal
  await expect(read(0n)).rejects.toMatchObject({ code: 'L1_UNREACHABLE', retryable: true })
  endpoint.error = undefined
  expect((await read(0n)).members).toHaveLength(4)
  await expect(read(7n)).rejects.toMatchObject({ code: 'L1_UNKNOWN_EPOCH', retryable: false })
})
