import { disputeManagerAbi, readAssertion, readLatestConfirmed } from '@crema/l1'
import { type Hash, outputRoot } from '@crema/protocol'
import { expect, it } from 'vitest'
import { createClients } from '../support/clients.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

const network = useDevnet({
  parameters: { challengePeriod: 40n, assertionInterval: 1, challengerMode: 'full' },
  evil: { role: 'proposer', lie: 'tx:0', players: 3 },
})

it('confirms the right state though three lie in a network of its own processes', async () => {
  const devnet = network()
  const { config, anvil } = devnet
  const { l2Wallet, l2Public } = createClients(devnet, 5)
  await l2Wallet.sendTransaction({ to: `0x${'aa'.repeat(20)}`, value: 5n })
  const { disputeManager: address, assertionChain } = config.l1Contracts
  const eliminated = await until('every lie to be eliminated', 120_000, async () => {
    const events = await anvil.client.getContractEvents({
      ...{ address, abi: disputeManagerAbi, eventName: 'CommitmentEliminated' as const },
      fromBlock: config.l1StartBlock,
    })
    return events.length >= 3 ? events : undefined
  })
  expect(eliminated).toHaveLength(3)
  const id = await until('an assertion to be confirmed', 120_000, async () => {
    const latest = await readLatestConfirmed(anvil.client, assertionChain)
    return (await readAssertion(anvil.client, assertionChain, latest)).depth > 0 ? latest : undefined
  })
  const asserted = await readAssertion(anvil.client, assertionChain, id)
  const block = await l2Public.getBlock({ blockNumber: asserted.l2BlockNumber })
  const { hash: blockHash, stateRoot } = block
  const { withdrawalsRoot } = block as unknown as { readonly withdrawalsRoot: Hash }
  expect(asserted.outputRoot).toBe(outputRoot({ blockHash, stateRoot, withdrawalsRoot }))
}, 300_000)
