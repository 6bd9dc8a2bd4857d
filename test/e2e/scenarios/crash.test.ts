import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertionChainAbi } from '@crema/l1'
import type { Heads } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { getAbiItem, toFunctionSelector } from 'viem'
import { expect, it } from 'vitest'
import { roles } from '../devnet/create-network.ts'
import type { ServiceName } from '../devnet/service-specs.ts'
import { bondEvents, proposedAssertions } from '../support/assertions.ts'
import { chainDigests } from '../support/chain-digests.ts'
import { createClients } from '../support/clients.ts'
import { everythingPosted } from '../support/lane.ts'
import { createRandom } from '../support/random.ts'
import { type NodeService, nodeReport, restingHeads } from '../support/resting-heads.ts'
import { useDevnet } from '../support/scenario.ts'
import { syncNewNode } from '../support/synced-node.ts'
import { startTraffic, type Traffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

/** Kills of each group of services, in the order of a shuffled deck; both groups are killed at the same time. */
const KILLS = [12, 8] as const
const GROUPS: readonly (readonly ServiceName[])[] = [
  ['sequencer', 'rpc', 'challenger'],
  ['poster', 'proposer'],
]
const NODES: readonly NodeService[] = ['rpc', 'proposer', 'challenger']
const devnet = useDevnet({ parameters: { blockTimeMs: 200, challengePeriod: 8n, assertionInterval: 1 } })
const proposeSelector = toFunctionSelector(getAbiItem({ abi: assertionChainAbi, name: 'propose' }))
const random = createRandom()
console.log(`CREMA_SEED=${random.seed}`)

let traffic: Traffic
let heads: Heads

/** Kills and restarts services one after the other, whatever they are doing. */
async function killRounds(names: readonly ServiceName[], kills: number): Promise<Record<string, number>> {
  const killed: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  let deck: ServiceName[] = []
  for (let i = 0; i < kills; i++) {
    if (deck.length === 0) deck = random.shuffled(names)
    const name = deck.pop()!
    await sleep(random.below(500))
    expect(devnet().services[name].running(), `${name} ended by itself`).toBe(true)
    await devnet().services[name].kill()
    await sleep(random.below(300))
    await devnet().services[name].start(60_000)
    killed[name]!++
  }
  return killed
}

it('loses no accepted transaction, whatever is killed when', { timeout: 600_000 }, async () => {
  const net = devnet()
  const sending = startTraffic(net, 80)
  const rounds = Promise.all(GROUPS.map((names, i) => killRounds(names, KILLS[i]!)))
  const killed = Object.assign({}, ...(await Promise.race([rounds, sending.failed]))) as Record<string, number>
  traffic = await sending.stop()
  console.log(JSON.stringify({ killed, ...traffic, accepted: traffic.accepted.length }))
  expect(Object.values(killed).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(20)
  for (const [name, times] of Object.entries(killed)) expect(times, name).toBeGreaterThanOrEqual(4)
  expect(traffic.accepted.length).toBeGreaterThan(100)
  expect(traffic.deposits).toBeGreaterThan(3)
  expect(traffic.garbage).toBeGreaterThan(0)

  const { l2Public } = createClients(net, 5)
  for (const hash of traffic.accepted) {
    const receipt = await l2Public.waitForTransactionReceipt({ hash, timeout: 30_000, pollingInterval: 100 })
    expect(receipt.status, hash).toBe('success')
  }
})

it('comes to rest with equal nodes, everything posted once and final', async () => {
  const net = devnet()
  await everythingPosted(net)
  heads = await restingHeads(net, NODES)
  for (const name of NODES) expect((await nodeReport(net, name)).alarms, name).toEqual([])
})

it('asserted every state once, under one bond', async () => {
  const net = devnet()
  const all = await until('an assertion of everything', 60_000, async () => {
    const found = await proposedAssertions(net)
    return (found.at(-1)?.end.number ?? 0n) >= heads.finalized.number ? found : undefined
  })
  expect(all.length).toBeGreaterThan(3)
  expect(new Set(all.map(({ parentId }) => parentId)).size).toBe(all.length)
  expect(new Set(all.map(({ end }) => end.inboxCount)).size).toBe(all.length)
  const { posted, rolled } = await bondEvents(net)
  expect(posted.length).toBe(1)
  expect(rolled.length).toBe(all.length - 1)
  expect(await proposeTransactions()).toBe(all.length)
})

it('leaves databases that equal those of nodes synced afresh', async () => {
  const net = devnet()
  const fresh = { sequencer: join(net.files.root, 'fresh'), l1: join(net.files.root, 'fresh-l1') }
  await syncNewNode(net, fresh.sequencer, heads, 'sequencer')
  await syncNewNode(net, fresh.l1, heads, 'l1-only')
  await Promise.all(Object.values(net.services).map((service) => service.stop()))
  const expected = chainDigests(fresh.l1)
  expect(chainDigests(fresh.sequencer)).toEqual(expected)
  for (const name of NODES) expect(chainDigests(net.files.data(name)), name).toEqual(expected)
})

/** Calls of `propose` by the proposer that L1 holds, failed ones included. */
async function proposeTransactions(): Promise<number> {
  const { anvil, config } = devnet()
  const proposer = testAddress(roles.proposer)
  const head = await anvil.client.getBlock()
  let calls = 0
  for (let number = config.l1StartBlock; number <= head.number; number++) {
    const { transactions } = await anvil.client.getBlock({ blockNumber: number, includeTransactions: true })
    calls += transactions.filter(
      ({ from, input }) => from.toLowerCase() === proposer && input.startsWith(proposeSelector),
    ).length
  }
  return calls
}
