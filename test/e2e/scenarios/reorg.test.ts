import { join } from 'node:path'
import { assertionChainAbi, inboxAbi, wETH9Abi } from '@crema/l1'
import { type Hash, predeploys } from '@crema/protocol'
import { parseEther } from 'viem'
import { getL2TransactionHashes } from 'viem/op-stack'
import { afterEach, expect, it } from 'vitest'
import { bondEvents, inboxCount, type Proposed, proposedAssertions } from '../support/assertions.ts'
import { chainDigests } from '../support/chain-digests.ts'
import { createClients } from '../support/clients.ts'
import { l1Head, mineUntil, pauseL1, replaceL1, resumeL1 } from '../support/l1.ts'
import { everythingPosted } from '../support/lane.ts'
import { type NodeService, nodeReport, restingHeads } from '../support/resting-heads.ts'
import { useDevnet } from '../support/scenario.ts'
import { serviceLog } from '../support/service-log.ts'
import { serviceStatus } from '../support/service-status.ts'
import { syncNewNode } from '../support/synced-node.ts'
import { until } from '../support/until.ts'
import { watchLogs } from '../support/watch-logs.ts'

const MINUTE = 60_000
const NODES: readonly NodeService[] = ['rpc', 'proposer', 'challenger']
const devnet = useDevnet({ parameters: { blockTimeMs: 300, challengePeriod: 600n, assertionInterval: 0 } })

afterEach(() => resumeL1(devnet()))

/** Transfers on L2 and returns the receipt. */
async function transfer() {
  const { l2Wallet, l2Public, account } = createClients(devnet(), 5)
  const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  return l2Public.waitForTransactionReceipt({ hash, pollingInterval: 50 })
}

/** Deposits so that WETH9 on L2 credits the user; returns where L1 holds it. */
async function depositToWeth(value: bigint): Promise<{ l1BlockNumber: bigint; l2Hash: Hash }> {
  const { l1Wallet, l1Public, l2Public } = createClients(devnet(), 8)
  const hash = await l1Wallet.depositTransaction({
    request: { mint: value, value, to: predeploys.weth9, gas: 200_000n, data: '0xd0e30db0' },
    targetChain: l2Public.chain,
    gas: 600_000n,
  })
  const receipt = await l1Public.waitForTransactionReceipt({ hash })
  expect(receipt.status).toBe('success')
  return { l1BlockNumber: receipt.blockNumber, l2Hash: getL2TransactionHashes(receipt)[0]! }
}

function wethBalance(): Promise<bigint> {
  const { l2Public, account } = createClients(devnet(), 8)
  return l2Public.readContract({
    address: predeploys.weth9,
    abi: wETH9Abi,
    functionName: 'balanceOf',
    args: [account.address],
  })
}

/** L1 block that holds the leaf of an L2 block. */
async function l1BlockOf(l2Number: bigint): Promise<bigint> {
  const { anvil, config } = devnet()
  const [log] = await anvil.client.getContractEvents({
    address: config.l1Contracts.inbox,
    abi: inboxAbi,
    eventName: 'LeafAppended',
    args: { index: l2Number - config.genesis.number - 1n },
    fromBlock: config.l1StartBlock,
    strict: true,
  })
  return log!.blockNumber
}

async function head(blockTag: 'latest' | 'safe' | 'finalized'): Promise<bigint> {
  return (await createClients(devnet(), 5).l2Public.getBlock({ blockTag })).number
}

const regressions = (name: NodeService): number =>
  serviceLog(devnet(), name).filter(({ alarm }) => alarm === 'finalized-regressed').length

/** Waits until the network rests: all posted, all nodes equal, everything asserted. */
async function atRest(): Promise<void> {
  await everythingPosted(devnet())
  const { finalized } = await restingHeads(devnet(), NODES)
  await until('an assertion of everything', MINUTE, async () =>
    (await proposedAssertions(devnet())).at(-1)?.end.number === finalized.number ? true : undefined,
  )
  for (const name of NODES) expect((await nodeReport(devnet(), name)).alarms, name).toEqual([])
}

it('posting: blocks whose batch is lost stay as soft blocks and are posted again', async () => {
  const net = devnet()
  await transfer()
  await atRest()
  await pauseL1(net)
  const leaves = await inboxCount(net)
  const receipt = await transfer()
  await mineUntil(net, 'the batch', async () => (await inboxCount(net)) > leaves)
  const batch = await l1Head(net)
  await net.anvil.client.request({ method: 'evm_mine' as never })
  await until('the block to be safe', MINUTE, async () =>
    (await head('safe')) >= receipt.blockNumber ? true : undefined,
  )

  expect(await replaceL1(net, batch)).toBe(2)
  expect(await inboxCount(net)).toBe(leaves)
  await until('the block to be soft', MINUTE, async () =>
    (await head('safe')) < receipt.blockNumber ? true : undefined,
  )
  expect(await head('latest')).toBeGreaterThanOrEqual(receipt.blockNumber)
  await resumeL1(net)
  await atRest()
  const { l2Public } = createClients(net, 5)
  const after = await l2Public.getTransactionReceipt({ hash: receipt.transactionHash })
  expect(after.blockHash).toBe(receipt.blockHash)
  expect(await l1BlockOf(receipt.blockNumber)).toBeGreaterThan(batch)
  for (const name of NODES) expect(regressions(name), name).toBe(0)
})

it('deposit: one that L1 loses is undone on L2, with the origins that went with it', async () => {
  const net = devnet()
  const { l2Public } = createClients(net, 8)
  const logs = await watchLogs(net, predeploys.weth9)
  // Unposted, so that nothing final is lost.
  expect(await net.services.poster.stop()).toBe(0)
  const value = parseEther('1')
  const lost = await depositToWeth(value)
  const executed = await l2Public.waitForTransactionReceipt({ hash: lost.l2Hash, timeout: MINUTE })
  expect(executed.status).toBe('success')
  const before = await l2Public.getBlock({ blockNumber: executed.blockNumber })
  const later = await transfer()
  expect(await wethBalance()).toBe(value)

  await pauseL1(net)
  await replaceL1(net, lost.l1BlockNumber)
  await until('the deposit to be undone', MINUTE, async () =>
    (await l2Public.getTransactionReceipt({ hash: lost.l2Hash }).catch(() => undefined)) === undefined
      ? true
      : undefined,
  )
  const again = await until('the lane to be executed again', MINUTE, () =>
    l2Public.getTransactionReceipt({ hash: later.transactionHash }).catch(() => undefined),
  )
  expect(again.blockNumber).toBe(later.blockNumber)
  expect(again.blockHash).not.toBe(later.blockHash)
  expect(await wethBalance()).toBe(0n)
  // EIP-4788's root is the hash of the origin: the lost one is replaced by the one before.
  const renormalised = await l2Public.getBlock({ blockNumber: executed.blockNumber })
  expect(renormalised.parentBeaconBlockRoot).not.toBe(before.parentBeaconBlockRoot)
  const origin = await net.anvil.client.getBlock({ blockHash: renormalised.parentBeaconBlockRoot! })
  expect(origin.number).toBeLessThan(lost.l1BlockNumber)
  expect(logs.seen.map(({ blockHash, removed }) => ({ blockHash, removed }))).toEqual([
    { blockHash: executed.blockHash, removed: false },
    { blockHash: executed.blockHash, removed: true },
  ])
  logs.close()

  await resumeL1(net)
  await net.services.poster.start()
  const second = await depositToWeth(2n * value)
  await l2Public.waitForTransactionReceipt({ hash: second.l2Hash, timeout: MINUTE })
  await atRest()
  expect(await wethBalance()).toBe(2n * value)
  for (const name of NODES) expect(regressions(name), name).toBe(0)
})

it.for(['new', 'final for its sender'] as const)(
  'assertion: a lost one that was %s is made again, once',
  async (age) => {
    const net = devnet()
    const { assertionChain } = net.config.l1Contracts
    const before = (await proposedAssertions(net)).length
    await transfer()
    const made = await until('an assertion', MINUTE, async () => (await proposedAssertions(net))[before])
    if (age !== 'new') {
      await until('the sender to be sure', MINUTE, async () => {
        const { tx } = await serviceStatus<{ tx: { pending: { key: string }[] } }>(net, 'proposer')
        return tx.pending.some(({ key }) => key.includes(made.id)) ? undefined : true
      })
    }
    await pauseL1(net)
    await replaceL1(net, made.l1BlockNumber)
    const { status } = await net.anvil.client.readContract({
      address: assertionChain,
      abi: assertionChainAbi,
      functionName: 'assertion',
      args: [made.id],
    })
    expect(status).toBe(0)
    await resumeL1(net)
    await atRest()
    await expectSingle(await proposedAssertions(net))
    for (const name of NODES) expect(regressions(name), name).toBe(0)
  },
)

it('finality: a finalized head that L1 takes back is reported, moves back, and is reached again', async () => {
  const net = devnet()
  const receipt = await transfer()
  await atRest()
  expect(await head('finalized')).toBeGreaterThanOrEqual(receipt.blockNumber)
  await pauseL1(net)
  await replaceL1(net, await l1BlockOf(receipt.blockNumber))
  for (const name of NODES) {
    await until(`${name} to report it`, MINUTE, async () => {
      const { alarms, heads } = await nodeReport(net, name)
      const told = alarms.some(({ code }) => code === 'finalized-regressed')
      return told && BigInt(heads.finalized.number) < receipt.blockNumber ? true : undefined
    })
    expect(regressions(name), name).toBe(1)
  }
  expect(await head('safe')).toBeLessThan(receipt.blockNumber)
  expect(await head('latest')).toBeGreaterThanOrEqual(receipt.blockNumber)
  await resumeL1(net)
  await atRest()
  await expectSingle(await proposedAssertions(net))
  const { l2Public } = createClients(net, 5)
  expect((await l2Public.getTransactionReceipt({ hash: receipt.transactionHash })).blockHash).toBe(receipt.blockHash)
})

it('finality: blocks whose origins L1 takes back leave even the final chain', async () => {
  const net = devnet()
  const { l2Public } = createClients(net, 8)
  const balance = await wethBalance()
  const lost = await depositToWeth(7n)
  const executed = await l2Public.waitForTransactionReceipt({ hash: lost.l2Hash, timeout: MINUTE })
  await transfer()
  await atRest()
  expect(await head('finalized')).toBeGreaterThanOrEqual(executed.blockNumber)
  await pauseL1(net)
  await replaceL1(net, lost.l1BlockNumber)
  for (const name of NODES) {
    await until(`${name} to report it`, MINUTE, async () => {
      const { heads } = await nodeReport(net, name)
      return regressions(name) === 2 && BigInt(heads.finalized.number) < executed.blockNumber ? true : undefined
    })
  }
  await resumeL1(net)
  await atRest()
  expect(await wethBalance()).toBe(balance)
  await expect(l2Public.getTransactionReceipt({ hash: lost.l2Hash })).rejects.toThrow()
  await expectSingle(await proposedAssertions(net))
})

it('leaves databases that equal those of nodes synced afresh', async () => {
  const net = devnet()
  const heads = await restingHeads(net, NODES)
  const fresh = { sequencer: join(net.files.root, 'fresh'), l1: join(net.files.root, 'fresh-l1') }
  await syncNewNode(net, fresh.sequencer, heads, 'sequencer')
  await syncNewNode(net, fresh.l1, heads, 'l1-only')
  await Promise.all(Object.values(net.services).map((service) => service.stop()))
  const expected = chainDigests(fresh.l1)
  expect(chainDigests(fresh.sequencer)).toEqual(expected)
  for (const name of NODES) expect(chainDigests(net.files.data(name)), name).toEqual(expected)
})

/** One live child for each parent, one bond behind all. */
async function expectSingle(all: readonly Proposed[]): Promise<void> {
  expect(new Set(all.map(({ parentId }) => parentId)).size).toBe(all.length)
  expect(new Set(all.map(({ end }) => end.inboxCount)).size).toBe(all.length)
  const { posted, rolled } = await bondEvents(devnet())
  expect(posted.length).toBe(1)
  expect(rolled.length).toBe(all.length - 1)
}
