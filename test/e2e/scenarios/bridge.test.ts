import { baseFeeVaultAbi, portalAbi, sequencerFeeVaultAbi } from '@crema/l1'
import { predeploys } from '@crema/protocol'
import { testAccount, testAddress } from '@crema/testing'
import {
  type Address,
  BaseError,
  encodeAbiParameters,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  parseEther,
  parseEventLogs,
} from 'viem'
import { getWithdrawals } from 'viem/op-stack'
import { beforeAll, it } from 'vitest'
import { mailboxAbi, multicall3Abi } from '../support/abis.ts'
import { arrived, fund, prove, reach, statusOf } from '../support/bridge.ts'
import { type Clients, createClients } from '../support/clients.ts'
import { type Compiled, compile } from '../support/compile.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

const CHALLENGE_PERIOD = 8n
const devnet = useDevnet({
  parameters: { blockTimeMs: 300, challengePeriod: CHALLENGE_PERIOD, assertionInterval: 1 },
})
const MINUTE = 60_000
const nowhere = `0x${'00'.repeat(20)}` as const
const lower = (text: string) => text.toLowerCase()
const deliver = (message: Hex) => encodeFunctionData({ abi: mailboxAbi, functionName: 'deliver', args: [message] })

let mailbox: Compiled

beforeAll(() => {
  mailbox = compile('solidity/Mailbox.sol')
})

/** Deploys a mailbox on L1 that knows the Portal. */
async function deployOnL1({ l1Wallet, l1Public }: Clients): Promise<Address> {
  const args = [devnet().config.l1Contracts.portal] as const
  const hash = await l1Wallet.deployContract({ abi: mailboxAbi, bytecode: mailbox.bytecode, args })
  return (await l1Public.waitForTransactionReceipt({ hash })).contractAddress!
}

it.concurrent('takes ether, calls, creations and failures from L1 to L2', async ({ expect }) => {
  const clients = createClients(devnet(), 5)
  const { l1Wallet, l2Public, account, chains } = clients
  const targetChain = chains.l2
  const recipient = testAddress(41)

  const ether = await arrived(
    clients,
    await l1Wallet.depositTransaction(await l2Public.buildDepositTransaction({ mint: parseEther('1'), to: recipient })),
  )
  expect(ether.receipt).toMatchObject({ status: 'success', to: recipient, logs: [] })
  expect(ether.transaction).toMatchObject({ mint: parseEther('1'), value: parseEther('1') })
  expect(lower(ether.transaction.from)).toBe(lower(account.address))
  expect(await l2Public.getBalance({ address: recipient })).toBe(parseEther('1'))

  const args = encodeAbiParameters([{ type: 'address' }], [nowhere])
  const nonce = await l2Public.getTransactionCount(account)
  const created = await arrived(
    clients,
    await l1Wallet.depositTransaction({
      request: { isCreation: true, data: `${mailbox.bytecode}${args.slice(2)}`, gas: 1_500_000n },
      targetChain,
    }),
  )
  expect(created.receipt.status).toBe('success')
  const box = created.receipt.contractAddress!
  expect(lower(box)).toBe(lower(getContractAddress({ from: account.address, nonce: BigInt(nonce) })))
  expect(await l2Public.getCode({ address: box })).toMatch(/^0x60806040/)

  const called = await arrived(
    clients,
    await l1Wallet.depositTransaction({
      request: { mint: 100n, value: 70n, to: box, data: deliver('0x1234'), gas: 300_000n },
      targetChain,
    }),
  )
  expect(called.receipt.status).toBe('success')
  const [event] = parseEventLogs({ abi: mailboxAbi, logs: called.receipt.logs, eventName: 'Delivered' })
  expect(event!.args).toEqual({ caller: account.address, l2Sender: nowhere, value: 70n, message: '0x1234' })

  // A contract on L1 comes as its alias.
  const portal = devnet().config.l1Contracts.portal
  const data = encodeFunctionData({
    abi: portalAbi,
    functionName: 'depositTransaction',
    args: [box, 5n, 300_000n, false, deliver('0xff')],
  })
  const multicall = chains.l1.contracts.multicall3.address
  const aliased = await arrived(
    clients,
    await l1Wallet.writeContract({
      address: multicall,
      abi: multicall3Abi,
      functionName: 'aggregate3Value',
      args: [[{ target: portal, allowFailure: false, value: 9n, data }]],
      value: 9n,
    }),
  )
  const alias = (BigInt(multicall) + 0x1111000000000000000000000000000000001111n) & (2n ** 160n - 1n)
  expect(BigInt(aliased.transaction.from)).toBe(alias)
  expect(BigInt(await l2Public.readContract({ address: box, abi: mailboxAbi, functionName: 'caller' }))).toBe(alias)
  expect(await l2Public.getBalance({ address: aliased.transaction.from })).toBe(4n)

  // A deposit that fails on L2 still mints: nothing is lost.
  const before = await l2Public.getBalance(account)
  const failed = await arrived(
    clients,
    await l1Wallet.depositTransaction({
      request: { mint: 1_000n, value: 70n, to: box, data: deliver('0x'), gas: 300_000n },
      targetChain,
    }),
  )
  expect(failed.receipt).toMatchObject({ status: 'reverted', logs: [] })
  expect((await l2Public.getBalance(account)) - before).toBe(1_000n)
  expect(await l2Public.readContract({ address: box, abi: mailboxAbi, functionName: 'calls' })).toBe(2n)
})

it.concurrent('withdraws ether through every status', async ({ expect }) => {
  const clients = createClients(devnet(), 6)
  const { l1Public, l1Wallet, l2Public, l2Wallet, account, chains } = clients
  const targetChain = chains.l2
  const value = parseEther('0.25')
  await fund(clients, parseEther('1'))
  expect(await l1Public.getPortalVersion({ targetChain })).toMatchObject({ major: 3 })

  const request = await l1Public.buildInitiateWithdrawal({ to: account.address, value })
  const initiated = await l2Wallet.initiateWithdrawal(request)
  const receipt = await l2Public.waitForTransactionReceipt({ hash: initiated, timeout: MINUTE })
  const statuses = [await statusOf(clients, receipt)]
  const l2BlockNumber = receipt.blockNumber
  await expect(l1Public.getGame({ l2BlockNumber: l2BlockNumber + 1_000_000n, targetChain })).rejects.toThrow()
  await reach(clients, receipt, 'ready-to-prove')
  statuses.push('ready-to-prove')
  const games = await l1Public.getGames({ l2BlockNumber, targetChain, limit: 5 })
  expect(games.length).toBeGreaterThan(0)
  expect(games.every((game) => game.l2BlockNumber >= l2BlockNumber)).toBe(true)
  const output = await l1Public.getL2Output({ l2BlockNumber, targetChain })
  expect(output.l2BlockNumber).toBeGreaterThanOrEqual(l2BlockNumber)
  expect((await l1Public.getTimeToProve({ receipt, targetChain })).seconds).toBe(0)
  expect((await l1Public.getTimeToNextGame({ l2BlockNumber, targetChain })).seconds).toBe(0)

  const withdrawal = await prove(clients, receipt)
  statuses.push(await statusOf(clients, receipt))
  const { withdrawalHash } = withdrawal
  const remaining = await l1Public.getTimeToFinalize({ withdrawalHash, targetChain })
  expect(remaining.period).toBe(Number(CHALLENGE_PERIOD))
  expect(remaining.seconds).toBeGreaterThan(0)
  await expect(l1Wallet.finalizeWithdrawal({ withdrawal, targetChain })).rejects.toThrow('has not been finalized yet')
  await l1Public.waitToFinalize({ withdrawalHash, targetChain })
  await reach(clients, receipt, 'ready-to-finalize')
  statuses.push('ready-to-finalize')

  const before = await l1Public.getBalance(account)
  const hash = await l1Wallet.finalizeWithdrawal({ withdrawal, targetChain })
  const done = await l1Public.waitForTransactionReceipt({ hash })
  expect(done.status).toBe('success')
  const [event] = parseEventLogs({ abi: portalAbi, logs: done.logs, eventName: 'WithdrawalFinalized' })
  expect(event!.args).toEqual({ withdrawalHash, success: true })
  expect((await l1Public.getBalance(account)) - before).toBe(value - done.gasUsed * done.effectiveGasPrice)
  statuses.push(await statusOf(clients, receipt))
  expect(statuses).toEqual([
    'waiting-to-prove',
    'ready-to-prove',
    'waiting-to-finalize',
    'ready-to-finalize',
    'finalized',
  ])

  // Once: neither a second finalization nor another proof.
  await expect(l1Wallet.finalizeWithdrawal({ withdrawal, targetChain })).rejects.toThrow(BaseError)
  const forced = await l1Wallet.finalizeWithdrawal({ withdrawal, targetChain, gas: 500_000n })
  expect((await l1Public.waitForTransactionReceipt({ hash: forced })).status).toBe('reverted')
  const proof = await l2Public.buildProveWithdrawal({ output, withdrawal })
  await expect(l1Wallet.proveWithdrawal({ ...proof, targetChain })).rejects.toThrow()
})

it.concurrent('calls a contract on L1, whoever else proves the message', async ({ expect }) => {
  const clients = createClients(devnet(), 7)
  const stranger = createClients(devnet(), 8)
  const { l1Public, l1Wallet, l2Public, l2Wallet, account, chains } = clients
  const { portal } = devnet().config.l1Contracts
  const targetChain = chains.l2
  const value = parseEther('0.01')
  const target = await deployOnL1(clients)
  await fund(clients, parseEther('0.1'))
  const note = '0xc0ffee'

  const initiated = await l2Wallet.initiateWithdrawal({
    request: { gas: 400_000n, to: target, value, data: deliver(note) },
  })
  const receipt = await l2Public.waitForTransactionReceipt({ hash: initiated, timeout: MINUTE })
  const { withdrawalHash } = await prove(clients, receipt)
  const exposed = () =>
    l1Public.readContract({
      address: portal,
      abi: portalAbi,
      functionName: 'proofSubmitters',
      args: [withdrawalHash, 0n],
    })
  expect(await exposed()).toBe(account.address)
  const before = await l1Public.getTimeToFinalize({ withdrawalHash, targetChain })

  // The stranger proves it again under a younger assertion.
  const games = await l1Public.getGames({ l2BlockNumber: receipt.blockNumber, targetChain, limit: 1 })
  await until('a younger assertion', MINUTE, async () => {
    const [newest] = await l1Public.getGames({ l2BlockNumber: receipt.blockNumber, targetChain, limit: 1 })
    return newest !== undefined && newest.l2BlockNumber > games[0]!.l2BlockNumber ? newest : undefined
  })
  const withdrawal = await prove(clients, receipt, stranger)
  expect(await exposed()).toBe(account.address)
  const after = await l1Public.getTimeToFinalize({ withdrawalHash, targetChain })
  expect(after.seconds).toBeLessThanOrEqual(before.seconds)
  await reach(clients, receipt, 'ready-to-finalize')

  const hash = await l1Wallet.finalizeWithdrawal({ withdrawal, targetChain })
  const done = await l1Public.waitForTransactionReceipt({ hash })
  const [event] = parseEventLogs({ abi: mailboxAbi, logs: done.logs, eventName: 'Delivered' })
  expect(event!.args).toEqual({ caller: event!.args.caller, l2Sender: account.address, value, message: note })
  expect(lower(event!.args.caller)).toBe(lower(portal))
  expect(await l1Public.getBalance({ address: target })).toBe(value)
  await reach(clients, receipt, 'finalized')
  await expect(
    stranger.l1Wallet.finalizeWithdrawal({ withdrawal, targetChain, proofSubmitter: stranger.account.address }),
  ).rejects.toThrow(BaseError)
  expect(await l1Public.readContract({ address: target, abi: mailboxAbi, functionName: 'calls' })).toBe(1n)
})

it.concurrent('brings the fees of L2 home', async ({ expect }) => {
  const clients = createClients(devnet(), 9)
  const { l1Public, l1Wallet, l2Public, l2Wallet, account, chains } = clients
  const recipient = testAccount(0).address
  const vault = { address: predeploys.sequencerFeeVault, abi: sequencerFeeVaultAbi } as const
  await fund(clients, parseEther('1'))
  expect(lower(await l2Public.readContract({ ...vault, functionName: 'recipient' }))).toBe(lower(recipient))
  await expect(l2Wallet.writeContract({ ...vault, functionName: 'withdraw' })).rejects.toThrow('BelowMinimum')

  const tip = parseEther('0.2') / 21_000n
  const earned = await l2Public.getBalance({ address: vault.address })
  const paid = await l2Wallet.sendTransaction({
    to: account.address,
    maxPriorityFeePerGas: tip,
    maxFeePerGas: tip + parseEther('2', 'gwei'),
    gas: 21_000n,
  })
  await l2Public.waitForTransactionReceipt({ hash: paid })
  expect(await l2Public.getBalance({ address: vault.address })).toBeGreaterThanOrEqual(earned + tip * 21_000n)
  const baseFees = { address: predeploys.baseFeeVault, abi: baseFeeVaultAbi } as const
  expect(await l2Public.getBalance({ address: baseFees.address })).toBeGreaterThan(0n)

  const hash = await l2Wallet.writeContract({ ...vault, functionName: 'withdraw' })
  const receipt = await l2Public.waitForTransactionReceipt({ hash })
  const [sent] = getWithdrawals(receipt)
  expect(sent!.value).toBeGreaterThanOrEqual(parseEther('0.2'))
  expect([sent!.sender, sent!.target].map(lower)).toEqual([vault.address, recipient].map(lower))
  expect(await l2Public.readContract({ ...vault, functionName: 'totalProcessed' })).toBe(sent!.value)

  const withdrawal = await prove(clients, receipt)
  await reach(clients, receipt, 'ready-to-finalize')
  const before = await l1Public.getBalance({ address: recipient })
  const finalized = await l1Wallet.finalizeWithdrawal({ withdrawal, targetChain: chains.l2 })
  expect((await l1Public.waitForTransactionReceipt({ hash: finalized })).status).toBe('success')
  expect((await l1Public.getBalance({ address: recipient })) - before).toBe(sent!.value)
})
