import { wETH9Abi } from '@crema/l1'
import { type Hash, predeploys } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { encodeFunctionData, hexToBytes, parseEther } from 'viem'
import { getL2TransactionHashes } from 'viem/op-stack'
import { expect, it } from 'vitest'
import { inboxCount } from '../support/assertions.ts'
import { createClients } from '../support/clients.ts'
import { forceInclude } from '../support/force-include.ts'
import { everythingPosted } from '../support/lane.ts'
import { alarmRaised, nodeMode, nodeStatus, nodeWell } from '../support/node-status.ts'
import { forceDelayOver } from '../support/overdue.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { useDevnet } from '../support/scenario.ts'
import { rawBy, submitRaw } from '../support/send-raw.ts'
import { subscribe } from '../support/subscribe.ts'
import { storedChain, storedEvidence, syncFromL1 } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

// A block as soon as something waits: a hundred soft blocks take seconds.
const devnet = useDevnet({
  parameters: { blockTimeMs: 0, forceDelay: 8n },
  services: ['sequencer', 'poster', 'rpc'],
})
const SOFT_BLOCKS = 100
const [SENDER, DEPOSITOR, STRANGER] = [5, 6, 7] as const

/** Deposits `mint` wei to `to` on L2; returns L1's receipt and the transaction's hash on L2. */
async function deposit(to: `0x${string}`, mint: bigint) {
  const { l1Wallet, l1Public, l2Public } = createClients(devnet(), DEPOSITOR)
  const hash = await l1Wallet.depositTransaction(await l2Public.buildDepositTransaction({ mint, to }))
  const receipt = await l1Public.waitForTransactionReceipt({ hash })
  return { receipt, hash: getL2TransactionHashes(receipt)[0]! }
}

it('goes on from L1 when the sequencer is gone, and back when it returns', async () => {
  const net = devnet()
  const { l2Public, l2Wallet, account } = createClients(net, SENDER)
  const first = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  await l2Public.waitForTransactionReceipt({ hash: first })
  await everythingPosted(net)
  await net.services.sequencer.stop()
  const to = `0x${'d1'.repeat(20)}` as const
  const { receipt, hash } = await deposit(to, parseEther('1'))

  await alarmRaised(net, 'sequencer-unreachable')
  await nodeMode(net, 'l1-only')
  await alarmRaised(net, 'deposits-overdue')
  await expect(l2Wallet.sendTransaction({ to: account.address, value: 1n })).rejects.toThrow('sequencer halted')
  expect(await l2Public.getBalance({ address: to })).toBe(0n)

  const stranger = createClients(net, STRANGER)
  await forceDelayOver(net, stranger, receipt.blockNumber)
  await forceInclude(net, stranger)
  const executed = await l2Public.waitForTransactionReceipt({ hash, timeout: 15_000 })
  expect(executed.status).toBe('success')
  expect(await l2Public.getBalance({ address: to })).toBe(parseEther('1'))
  expect(
    await rollupCall(net.urls.rpc, 'rollup_batchForBlock', `0x${executed.blockNumber.toString(16)}`),
  ).toMatchObject({ kind: 'forced', sequencerHeight: '0x0' })
  await until('no deposit to be overdue', 10_000, async () =>
    (await nodeStatus(net)).alarms.some(({ code }) => code === 'deposits-overdue') ? undefined : true,
  )

  await net.services.sequencer.start()
  expect((await nodeWell(net)).mode).toBe('live')
  const next = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  const { blockNumber } = await l2Public.waitForTransactionReceipt({ hash: next, timeout: 15_000 })
  expect(blockNumber).toBeGreaterThan(executed.blockNumber)
  await until('it to be final', 30_000, async () =>
    (await l2Public.getBlock({ blockTag: 'finalized' })).number >= blockNumber ? true : undefined,
  )
})

interface SubscribedLog {
  readonly transactionHash: Hash
  readonly blockHash: Hash
  readonly removed: boolean
}
interface SubscribedHead {
  readonly hash: Hash
  readonly parentHash: Hash
  readonly number: `0x${string}`
}

it('takes a forced leaf under a hundred soft blocks', async () => {
  const net = devnet()
  const clients = createClients(net, SENDER)
  const { l2Public, account } = clients
  const lane = net.config.l2.chainId
  const sequencer = createHttpSequencerClient({ url: net.urls.sequencer })
  await until('the lane to rest', 30_000, async () =>
    (await l2Public.getBlock()).number === net.config.genesis.number + (await inboxCount(net)) ? true : undefined,
  )
  await net.services.poster.stop()
  const posted = await inboxCount(net)

  // The deposit is executed softly first, in a block of its own.
  const to = `0x${'d2'.repeat(20)}` as const
  const deposited = await deposit(to, 5n)
  const softly = await l2Public.waitForTransactionReceipt({ hash: deposited.hash, timeout: 20_000 })

  const logs = await subscribe<SubscribedLog>(net, 'logs', { address: predeploys.weth9 })
  const heads = await subscribe<SubscribedHead>(net, 'newHeads')
  const data = hexToBytes(encodeFunctionData({ abi: wETH9Abi, functionName: 'deposit' }))
  const from = BigInt(await l2Public.getTransactionCount({ address: account.address }))
  const hashes: Hash[] = []
  for (let i = 0; i < SOFT_BLOCKS; i++) {
    const fields = { nonce: from + BigInt(i), to: predeploys.weth9, value: 3n, data, gasLimit: 100_000n }
    const hash = await submitRaw(net, rawBy(SENDER, lane, fields))
    hashes.push(hash)
    await until('it to be ordered', 10_000, async () =>
      (await sequencer.status(lane, hash)).stage === 'ordered' ? true : undefined,
    )
  }
  await l2Public.waitForTransactionReceipt({ hash: hashes.at(-1)!, timeout: 20_000 })
  const before = await Promise.all(hashes.map((hash) => l2Public.getTransactionReceipt({ hash })))
  expect(new Set(before.map(({ blockNumber }) => blockNumber)).size).toBe(SOFT_BLOCKS)
  expect(await inboxCount(net)).toBe(posted)
  const softHead = await l2Public.getBlock()

  const stranger = createClients(net, STRANGER)
  await forceDelayOver(net, stranger, deposited.receipt.blockNumber)
  await forceInclude(net, stranger)
  // The forced block comes in between: one more block than before.
  const head = await until('the soft blocks to be executed again', 30_000, async () => {
    const block = await l2Public.getBlock()
    return block.number > softHead.number ? block : undefined
  })
  expect(head.number).toBe(softHead.number + 1n)

  const forcedNumber = net.config.genesis.number + posted + 1n
  const again = await l2Public.getTransactionReceipt({ hash: deposited.hash })
  expect(again.blockNumber).toBe(forcedNumber)
  expect(again.blockHash).not.toBe(softly.blockHash)
  const after = await Promise.all(hashes.map((hash) => l2Public.getTransactionReceipt({ hash })))
  for (const [i, receipt] of after.entries()) {
    expect(receipt).toMatchObject({ status: 'success', blockNumber: before[i]!.blockNumber + 1n })
  }
  // Executed exactly once, whatever it was executed in before.
  expect(await l2Public.getBalance({ address: to })).toBe(5n)
  const holders: bigint[] = []
  for (let number = forcedNumber; number <= head.number; number++) {
    const block = await l2Public.getBlock({ blockNumber: number })
    if (block.transactions.includes(again.transactionHash)) holders.push(number)
  }
  expect(holders).toEqual([forcedNumber])

  await until('the subscribers to have heard of it', 10_000, async () =>
    heads.received.at(-1)?.hash === head.hash && logs.received.length === 3 * SOFT_BLOCKS ? true : undefined,
  )
  const told = logs.received.map(({ transactionHash, blockHash, removed }) => ({ transactionHash, blockHash, removed }))
  const expected = (receipts: typeof before, removed: boolean) =>
    receipts.map(({ transactionHash, blockHash }) => ({ transactionHash, blockHash, removed }))
  expect(told).toEqual([...expected(before, false), ...expected(before.toReversed(), true), ...expected(after, false)])
  const chain = heads.received.slice(heads.received.findLastIndex(({ number }) => BigInt(number) === forcedNumber))
  expect(chain.map(({ number }) => BigInt(number))).toEqual(
    Array.from({ length: Number(head.number - forcedNumber) + 1 }, (_, i) => forcedNumber + BigInt(i)),
  )
  for (const [i, { parentHash }] of chain.entries()) if (i > 0) expect(parentHash).toBe(chain[i - 1]!.hash)
  logs.close()
  heads.close()

  await net.services.poster.start()
  await until('everything to be final', 60_000, async () =>
    (await l2Public.getBlock({ blockTag: 'finalized' })).number >= head.number ? true : undefined,
  )
  // What the poster brought is what was executed: no hash changed.
  expect(await l2Public.getBlock({ blockNumber: head.number })).toMatchObject({ hash: head.hash })
  expect((await nodeWell(net)).mode).toBe('live')
})

it('is the same chain for a node that knows L1 alone, and nothing is held against anybody', async () => {
  const net = devnet()
  await Promise.all([net.services.sequencer.stop(), net.services.poster.stop(), net.services.rpc.stop()])
  const stored = storedChain(net, 'rpc')
  expect(await syncFromL1(net, stored.latest)).toEqual(stored)
  expect(storedEvidence(net, 'rpc')).toEqual([])
})
