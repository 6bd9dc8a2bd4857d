import { assertionChainAbi, guardianPauseAbi, portalAbi } from '@crema/l1'
import { testAccount } from '@crema/testing'
import { createWalletClient, http, parseEther } from 'viem'
import { getL2TransactionHashes, getWithdrawals } from 'viem/op-stack'
import { expect, it } from 'vitest'
import { l1Chain } from '../devnet/chains.ts'
import { roles } from '../devnet/create-network.ts'
import { confirmedDepth, inboxCount, proposedAssertions } from '../support/assertions.ts'
import { createClients } from '../support/clients.ts'
import { forceInclude } from '../support/force-include.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({
  parameters: { blockTimeMs: 300, challengePeriod: 5n, assertionInterval: 1, forceDelay: 4n },
})
const MINUTE = 60_000

it('a pause stops confirmations and withdrawals alone, and ends by itself', async () => {
  const net = devnet()
  const clients = createClients(net, 5)
  const { l1Public, l1Wallet, l2Public, l2Wallet, account, chains } = clients
  const targetChain = chains.l2
  const { guardianPause, assertionChain, portal } = net.config.l1Contracts
  const paused = () => l1Public.readContract({ address: guardianPause, abi: guardianPauseAbi, functionName: 'paused' })

  // A withdrawal that only waits to be finalized.
  const funding = await l1Wallet.depositTransaction({
    ...(await l2Public.buildDepositTransaction({ mint: parseEther('1'), to: account.address })),
    gas: 400_000n,
  })
  await l1Public.waitForTransactionReceipt({ hash: funding })
  const initiated = await l2Wallet.initiateWithdrawal({
    request: { gas: 100_000n, to: account.address, value: parseEther('0.25') },
  })
  const receipt = await l2Public.waitForTransactionReceipt({ hash: initiated })
  const { output, withdrawal } = await l1Public.waitToProve({ receipt, targetChain, pollingInterval: 300 })
  const proof = await l2Public.buildProveWithdrawal({ output, withdrawal })
  const proved = await l1Wallet.proveWithdrawal({ ...proof, targetChain })
  await l1Public.waitForTransactionReceipt({ hash: proved })
  await until('the withdrawal to be ready', MINUTE, async () =>
    (await l1Public.getWithdrawalStatus({ receipt, targetChain })) === 'ready-to-finalize' ? true : undefined,
  )

  const guardian = createWalletClient({
    account: testAccount(roles.guardian),
    chain: l1Chain(net.config, net.urls.l1),
    transport: http(),
  })
  const pause = await guardian.writeContract({ address: guardianPause, abi: guardianPauseAbi, functionName: 'pause' })
  const pausedIn = await l1Public.waitForTransactionReceipt({ hash: pause })
  expect(pausedIn.status).toBe('success')
  expect(await paused()).toBe(true)
  const depthAtPause = await confirmedDepth(net)
  const leavesAtPause = await inboxCount(net)
  const assertionsAtPause = (await proposedAssertions(net)).length

  // Stopped: finalizing a withdrawal that was ready; tools see it wait again.
  await expect(l1Wallet.finalizeWithdrawal({ targetChain, withdrawal })).rejects.toThrow('has not been finalized yet')
  expect(await l1Public.getWithdrawalStatus({ receipt, targetChain })).toBe('waiting-to-finalize')

  // Not stopped: deposits, forced inclusion, batches, transactions, assertions.
  const deposit = await l1Wallet.depositTransaction({
    ...(await l2Public.buildDepositTransaction({ mint: 7n, to: account.address })),
    gas: 400_000n,
  })
  const deposited = await l1Public.waitForTransactionReceipt({ hash: deposit })
  expect(deposited.status).toBe('success')
  const executed = await l2Public.waitForTransactionReceipt({ hash: getL2TransactionHashes(deposited)[0]! })
  expect(executed.status).toBe('success')
  await until('batches', MINUTE, async () => ((await inboxCount(net)) > leavesAtPause ? true : undefined))

  await net.services.poster.stop()
  const late = await l1Wallet.depositTransaction({
    ...(await l2Public.buildDepositTransaction({ mint: 9n, to: account.address })),
    gas: 400_000n,
  })
  const lateAt = await l1Public.waitForTransactionReceipt({ hash: late })
  const { timestamp: depositedAt } = await l1Public.getBlock({ blockNumber: lateAt.blockNumber })
  await until('the force delay', MINUTE, async () =>
    (await l1Public.getBlock()).timestamp > depositedAt + net.config.forceDelay ? true : undefined,
  )
  const forced = await forceInclude(net, clients)
  expect(forced.status).toBe('success')
  expect(await paused()).toBe(true)
  const forcedHash = getL2TransactionHashes(lateAt)[0]!
  expect((await l2Public.waitForTransactionReceipt({ hash: forcedHash, timeout: MINUTE })).status).toBe('success')
  await net.services.poster.start()

  const now = await until('another assertion', MINUTE, async () => {
    const all = await proposedAssertions(net)
    return all.length > assertionsAtPause ? all : undefined
  })
  expect(await paused()).toBe(true)
  expect(await confirmedDepth(net)).toBe(depthAtPause)

  // Nobody ends the pause; confirmations go on all the same.
  const end = (
    await until('the end of the pause', MINUTE, async () => ((await paused()) ? undefined : l1Public.getBlock()))
  ).timestamp
  const startedAt = (await l1Public.getBlock({ blockNumber: pausedIn.blockNumber })).timestamp
  expect(end - startedAt).toBeGreaterThanOrEqual(30n)
  await until('a confirmation after the pause', MINUTE, async () =>
    (await confirmedDepth(net)) > depthAtPause ? true : undefined,
  )
  const confirmations = await l1Public.getContractEvents({
    address: assertionChain,
    abi: assertionChainAbi,
    eventName: 'AssertionConfirmed',
    fromBlock: pausedIn.blockNumber,
    strict: true,
  })
  for (const { blockNumber } of confirmations) {
    if (blockNumber <= pausedIn.blockNumber) continue
    const { timestamp } = await l1Public.getBlock({ blockNumber })
    expect(timestamp).toBeGreaterThanOrEqual(startedAt + 30n)
  }
  expect(now.length).toBeGreaterThan(depthAtPause)

  const finalized = await l1Wallet.finalizeWithdrawal({ targetChain, withdrawal })
  expect((await l1Public.waitForTransactionReceipt({ hash: finalized })).status).toBe('success')
  expect(getWithdrawals(receipt)[0]!.withdrawalHash).toBe(withdrawal.withdrawalHash)
  expect(
    await l1Public.readContract({
      address: portal,
      abi: portalAbi,
      functionName: 'finalizedWithdrawals',
      args: [withdrawal.withdrawalHash],
    }),
  ).toBe(true)
})
