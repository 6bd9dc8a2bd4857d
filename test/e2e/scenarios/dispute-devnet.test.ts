import { createNodeView, createOwnTraces } from '@crema/dispute'
import { disputeManagerAbi, readAssertion, readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { openNode } from '@crema/node'
import { outputRoot } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import { expect, it, onTestFinished } from 'vitest'
import { createClients } from '../support/clients.ts'
import { startDisputePlayer } from '../support/dispute-player.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

/** Account of the honest agent. */
const HONEST = 10

const network = useDevnet({
  parameters: { challengePeriod: 40n, assertionInterval: 1 },
  services: ['sequencer', 'poster', 'proposer', 'rpc'],
  evil: { role: 'proposer', lie: 'tx:0', players: 3 },
})

it('confirms the right state though three lie in a network of its own processes', async () => {
  const devnet = network()
  const { config, urls, anvil, files } = devnet
  const { node, close } = await openNode({
    config,
    dataDir: files.data('honest'),
    l1Url: urls.l1,
    sequencerUrl: urls.sequencer,
    clock: systemClock,
    logger: createLogger({ service: 'honest', level: 'fatal' }),
    settings: { l1PollMs: 250, sequencerPollMs: 250, l1Range: 2_000n, laneRange: 64, sequencerTimeoutMs: 5_000 },
  })
  const stopping = new AbortController()
  const running = node.run(stopping.signal)
  const view = createNodeView({ node, head: 'finalized' })
  const traces = createOwnTraces({ machineOf: view.machineOf, store: createMemoryTraceStore() })
  const rollup = { l1: anvil.client, config, dir: files.root }
  const honest = startDisputePlayer({ rollup, account: HONEST, mode: 'full', children: view, traces })
  onTestFinished(async () => {
    await honest.stop()
    stopping.abort()
    await running
    close()
  })
  await createClients(devnet, 5).l2Wallet.sendTransaction({ to: `0x${'aa'.repeat(20)}`, value: 5n })
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
  const own = node.store.headerByNumber(asserted.l2BlockNumber)!
  expect(asserted.outputRoot).toBe(outputRoot({ ...own, blockHash: own.hash, withdrawalsRoot: own.withdrawalsRoot! }))
}, 300_000)
