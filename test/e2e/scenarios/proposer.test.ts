import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { assertionChainAbi, readChildren, readLineTip } from '@crema/l1'
import type { Hash, Hex } from '@crema/protocol'
import { testAccount, testAddress } from '@crema/testing'
import { getAbiItem, parseTransaction, toFunctionSelector } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { roles } from '../devnet/create-network.ts'
import { createServiceProcess, type ServiceProcess } from '../devnet/service-process.ts'
import { serviceSpec } from '../devnet/service-specs.ts'
import { bondEvents, inboxCount, proposedAssertions } from '../support/assertions.ts'
import { createClients } from '../support/clients.ts'
import { l1Head, pauseL1, resumeL1 } from '../support/l1.ts'
import { rightState } from '../support/right-state.ts'
import { useDevnet } from '../support/scenario.ts'
import { sendAssertion } from '../support/send-assertion.ts'
import { serviceLog } from '../support/service-log.ts'
import { serviceStatus } from '../support/service-status.ts'
import { startTransactionInterceptor, type TransactionInterceptor } from '../support/transaction-interceptor.ts'
import { until } from '../support/until.ts'

const MINUTE = 60_000
const devnet = useDevnet({
  parameters: { blockTimeMs: 300, challengePeriod: 6n, assertionInterval: 0 },
  services: ['sequencer', 'poster', 'rpc'],
})
const address = testAddress(roles.proposer)
const stranger = testAccount(10)
const proposeSelector = toFunctionSelector(getAbiItem({ abi: assertionChainAbi, name: 'propose' }))

interface ProposerReport {
  readonly proposer: { readonly disagreesWith?: Hash; readonly propose?: { readonly did: string } }
  readonly tx: { readonly pending: readonly { readonly key: string; readonly state: string; readonly hash: Hash }[] }
}

let proxy: TransactionInterceptor
/** The proposer, with its way to L1 through the proxy. */
let proposer: ServiceProcess
beforeAll(async () => {
  const net = devnet()
  proxy = await startTransactionInterceptor(net.urls.l1)
  proposer = createServiceProcess(serviceSpec('proposer', { ...net, ports: { ...net.ports, l1: proxy.port } }))
})
afterAll(async () => {
  await proposer?.stop()
  await proxy?.close()
})

const isPropose = (raw: Hex): boolean => parseTransaction(raw).data?.startsWith(proposeSelector) === true
const report = () => serviceStatus<ProposerReport>(devnet(), 'proposer')

/** Executes a transfer on L2 and returns once its leaf is final on the RPC's node: there is something new to assert. */
async function moreLeaves(): Promise<bigint> {
  const { l2Wallet, l2Public, account } = createClients(devnet(), 5)
  const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  const { blockNumber } = await l2Public.waitForTransactionReceipt({ hash })
  return until('the leaf to be final', MINUTE, async () => {
    const { number } = await l2Public.getBlock({ blockTag: 'finalized' })
    return number >= blockNumber ? number - devnet().config.genesis.number : undefined
  })
}

/** Waits until everything in the Inbox is asserted. */
async function allAsserted() {
  return until('an assertion of everything', MINUTE, async () => {
    const all = await proposedAssertions(devnet())
    return all.at(-1)?.end.inboxCount === (await inboxCount(devnet())) ? all : undefined
  })
}

/** Each parent has one child, each state one assertion, each assertion one call of the proposer's, and one bond stands behind all. */
async function expectSingle(): Promise<void> {
  const all = await allAsserted()
  const own = all.filter((one) => one.proposer === address)
  expect(new Set(all.map(({ parentId }) => parentId)).size).toBe(all.length)
  expect(await proposeCalls()).toBe(own.length)
  const { posted, rolled } = await bondEvents(devnet())
  expect(posted.length).toBe(1)
  expect(rolled.length).toBe(own.length - 1)
}

async function proposeCalls(): Promise<number> {
  const { anvil, config } = devnet()
  let calls = 0
  for (let number = config.l1StartBlock; number <= (await l1Head(devnet())); number++) {
    const { transactions } = await anvil.client.getBlock({ blockNumber: number, includeTransactions: true })
    calls += transactions.filter(
      ({ from, input }) => from.toLowerCase() === address && input.startsWith(proposeSelector),
    ).length
  }
  return calls
}

/** Intents that a killed proposer left behind, from its store. */
function leftBehind() {
  const store = openIntentStore(join(devnet().files.data('proposer'), 'intents.sqlite'))
  try {
    return store.open(Number(devnet().config.l1ChainId), address)
  } finally {
    store.close()
  }
}

it('killed between signing and publishing its first assertion, it makes one', async () => {
  await moreLeaves()
  const caught = proxy.intercept('swallow', isPropose)
  await proposer.start()
  await caught
  await proposer.kill()
  expect(leftBehind()).toMatchObject([{ key: expect.stringMatching(/^propose:/), state: 'signed' }])
  expect(await proposedAssertions(devnet())).toEqual([])
  proxy.release()
  await proposer.start()
  await expectSingle()
  expect((await proposedAssertions(devnet())).length).toBe(1)
})

it('killed before it hears that L1 took the transaction, it makes one', async () => {
  const before = (await proposedAssertions(devnet())).length
  const caught = proxy.intercept('deliver', isPropose)
  await moreLeaves()
  await caught
  await proposer.kill()
  expect(leftBehind()).toMatchObject([{ key: expect.stringMatching(/^propose:/), state: 'signed' }])
  proxy.release()
  await proposer.start()
  await expectSingle()
  expect((await proposedAssertions(devnet())).length).toBeGreaterThan(before)
})

it('killed while its transaction waits in the pool, it makes one', async () => {
  const net = devnet()
  const before = (await proposedAssertions(net)).length
  const caught = proxy.intercept('pass', isPropose, () => pauseL1(net))
  await moreLeaves()
  await caught
  const { key } = await until('the assertion to be sent', MINUTE, async () =>
    (await report()).tx.pending.find(({ state }) => state === 'sent'),
  )
  await proposer.kill()
  expect(leftBehind()).toMatchObject([{ key, state: 'sent' }])
  expect(key).toMatch(/^propose:/)
  expect((await proposedAssertions(net)).length).toBe(before)
  proxy.release()
  await proposer.start()
  await resumeL1(net)
  await expectSingle()
  expect((await proposedAssertions(net)).length).toBeGreaterThan(before)
})

it('takes its stake home once nothing rolls on it, and goes on with a new one', async () => {
  const net = devnet()
  await expectSingle()
  const { bondId } = (await bondEvents(net)).posted[0]!.args as { bondId: Hash }
  await proposer.stop()
  // A stranger makes the next right assertion: the proposer's bond stays behind on the one before.
  const tip = (await proposedAssertions(net)).at(-1)!
  await moreLeaves()
  const start = net.config.genesis.number + tip.end.inboxCount
  const { targetFixed, targetCount } = await readChildren(
    net.anvil.client,
    net.config.l1Contracts.assertionChain,
    tip.id,
  )
  const count = targetFixed ? targetCount : await inboxCount(net)
  const end = await rightState(net, createClients(net, 5), start, net.config.genesis.number + count)
  const strange = await sendAssertion(net, stranger, { parentId: tip.id, end })
  expect(await readLineTip(net.anvil.client, net.config.l1Contracts.assertionChain)).toBe(strange)

  await proposer.start()
  const { claimed, released } = await until('the stake to come home', MINUTE, async () => {
    const events = await bondEvents(net)
    return events.claimed.length > 0 ? events : undefined
  })
  expect(released.map(({ args }) => args)).toEqual([
    { bondId, owner: expect.stringMatching(new RegExp(address, 'i')), amount: net.config.stake },
  ])
  expect(claimed.map(({ args }) => args)).toEqual([
    {
      owner: expect.stringMatching(new RegExp(address, 'i')),
      to: expect.stringMatching(new RegExp(address, 'i')),
      amount: net.config.stake,
    },
  ])
  // It agrees with the stranger and builds on it, with a stake of its own again.
  await moreLeaves()
  const all = await allAsserted()
  expect(all.find(({ parentId }) => parentId === strange)).toMatchObject({ proposer: address })
  const { posted } = await bondEvents(net)
  expect(posted.map(({ args }) => (args as { owner: string }).owner.toLowerCase())).toEqual([
    address,
    stranger.address.toLowerCase(),
    address,
  ])
})

it('neither builds on a wrong assertion nor confirms it', async () => {
  const net = devnet()
  await allAsserted()
  await proposer.stop()
  const tip = (await proposedAssertions(net)).at(-1)!
  const count = await moreLeaves()
  const truth = await rightState(
    net,
    createClients(net, 5),
    net.config.genesis.number + tip.end.inboxCount,
    net.config.genesis.number + count,
  )
  const falseRoot: Hash = `0x${'cd'.repeat(32)}`
  const wrong = await sendAssertion(net, stranger, { parentId: tip.id, end: { ...truth, stateRoot: falseRoot } })
  const calls = await proposeCalls()
  await proposer.start()
  await until('the proposer to notice', MINUTE, async () =>
    (await report()).proposer.disagreesWith === wrong ? true : undefined,
  )
  const told = serviceLog(net, 'proposer').filter(({ id, level }) => id === wrong && level === 'error')
  expect(told.length).toBe(1)

  // Its parent is confirmed; the wrong one is not, long after its time.
  const { createdAt } = await net.anvil.client.readContract({
    address: net.config.l1Contracts.assertionChain,
    abi: assertionChainAbi,
    functionName: 'assertion',
    args: [wrong],
  })
  await moreLeaves()
  await until('the challenge period to pass', MINUTE, async () =>
    (await net.anvil.client.getBlock()).timestamp > createdAt + net.config.challengePeriod + 4n ? true : undefined,
  )
  const confirmed = await net.anvil.client.readContract({
    address: net.config.l1Contracts.assertionChain,
    abi: assertionChainAbi,
    functionName: 'latestConfirmed',
  })
  expect(confirmed).toBe(tip.id)
  expect(await proposeCalls()).toBe(calls)
  expect((await report()).proposer.disagreesWith).toBe(wrong)
  expect((await fetch(proposer.spec.readyUrl)).status).toBe(200)
})
