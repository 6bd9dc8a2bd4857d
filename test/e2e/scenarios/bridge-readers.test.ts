import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { l1BlockAbi, wETH9Abi } from '@crema/l1'
import { predeploys } from '@crema/protocol'
import { testAccount, testAddress, testKey } from '@crema/testing'
import { JsonRpcProvider } from 'ethers'
import { createPublicClient, encodeFunctionData, type Hex, http, parseEther } from 'viem'
import { chainConfig, publicActionsL2 } from 'viem/op-stack'
import { expect, it, onTestFinished } from 'vitest'
import { l2Chain } from '../devnet/chains.ts'
import { arrived } from '../support/bridge.ts'
import { createClients } from '../support/clients.ts'
import { foundry } from '../support/foundry.ts'
import { useDevnet } from '../support/scenario.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 300 }, services: ['sequencer', 'poster', 'rpc'] })
const recipient = testAddress(41)

it('shows deposits, and blocks that hold them, to clients that know nothing of the OP Stack', async () => {
  const clients = createClients(devnet(), 5)
  const { l1Wallet, l2Public, chains } = clients
  const request = {
    to: predeploys.weth9,
    mint: parseEther('1'),
    value: parseEther('1'),
    data: encodeFunctionData({ abi: wETH9Abi, functionName: 'deposit' }),
    gas: 200_000n,
  }
  const { receipt } = await arrived(clients, await l1Wallet.depositTransaction({ request, targetChain: chains.l2 }))
  expect(receipt.status).toBe('success')
  const hash = receipt.transactionHash
  const number = receipt.blockNumber

  const block = await l2Public.getBlock({ blockNumber: number, includeTransactions: true })
  expect(block.transactions.find((transaction) => transaction.hash === hash)).toMatchObject({
    typeHex: '0x7e',
    value: parseEther('1'),
    gasPrice: 0n,
  })

  const provider = new JsonRpcProvider(devnet().urls.rpc)
  onTestFinished(() => provider.destroy())
  const seen = (await provider.getBlock(Number(number), true))!
  expect(seen.prefetchedTransactions.find((transaction) => transaction.hash === hash)).toMatchObject({ type: 0x7e })
  expect(await provider.getTransactionReceipt(hash)).toMatchObject({ status: 1, type: 0x7e, gasPrice: 0n })

  const home = mkdtempSync(join(tmpdir(), 'crema-foundry-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const cast = (...args: string[]) => foundry('cast', args, { home, env: { ETH_RPC_URL: devnet().urls.rpc } })
  const full = JSON.parse(await cast('block', '--json', '--full', String(number)))
  expect(full.transactions.map((transaction: { hash: Hex }) => transaction.hash)).toContain(hash)
  expect(JSON.parse(await cast('receipt', '--json', hash))).toMatchObject({ status: '0x1', type: '0x7e' })
  expect(JSON.parse(await cast('tx', '--json', hash))).toMatchObject({ type: '0x7e', hash })

  // Nor do deposits disturb the replay of what comes after them.
  const sent = JSON.parse(await cast('send', '--json', '--private-key', testKey(6), recipient, '--value', '5')) as {
    readonly transactionHash: Hex
    readonly gasUsed: Hex
  }
  expect(await cast('run', sent.transactionHash)).toContain(`Gas used: ${BigInt(sent.gasUsed)}`)
})

it("answers the OP Stack's fee actions, all of them without a fee for L1", async () => {
  const { config, urls } = devnet()
  const chain = {
    ...l2Chain(config, urls.rpc),
    contracts: { ...chainConfig.contracts, ...l2Chain(config, urls.rpc).contracts },
  }
  const client = createPublicClient({ chain, transport: http() }).extend(publicActionsL2())
  const account = testAccount(5)
  const transfer = { account, to: testAddress(41), value: 1n } as const
  const call = { account, address: predeploys.weth9, abi: wETH9Abi, functionName: 'deposit', value: 1n } as const
  expect(await client.estimateL1Fee(transfer)).toBe(0n)
  expect(await client.estimateL1Gas(transfer)).toBe(0n)
  expect(await client.estimateOperatorFee(transfer)).toBe(0n)
  expect(await client.estimateTotalGas(transfer)).toBe(21_000n)
  const total = await client.estimateTotalFee(transfer)
  expect(total).toBeGreaterThan(21_000n * 1_000_000n)
  expect(total).toBeLessThan(parseEther('0.001'))
  expect(await client.estimateContractL1Fee(call)).toBe(0n)
  expect(await client.estimateContractL1Gas(call)).toBe(0n)
  expect(await client.estimateContractTotalGas(call)).toBeGreaterThan(21_000n)
  expect(await client.estimateContractTotalFee(call)).toBeGreaterThan(0n)
  const { l1Public, chains } = createClients(devnet(), 5)
  const blockNumber = await client.getBlockNumber({ cacheTime: 0 })
  expect(blockNumber).toBeGreaterThan(0n)
  const l1Block = { address: predeploys.l1Block, abi: l1BlockAbi, blockNumber } as const
  const origin = await l1Public.getBlock({
    blockNumber: await client.readContract({ ...l1Block, functionName: 'number' }),
  })
  expect(await client.readContract({ ...l1Block, functionName: 'hash' })).toBe(origin.hash)
  expect(await client.readContract({ ...l1Block, functionName: 'basefee' })).toBe(origin.baseFeePerGas)
  expect(await client.getL1BaseFee()).toBeTypeOf('bigint')
  const deposit = { account, request: { to: account.address, mint: 1n, gas: 100_000n }, targetChain: chains.l2 }
  expect(await l1Public.estimateDepositTransactionGas(deposit)).toBeGreaterThan(21_000n)
  expect(
    await client.estimateInitiateWithdrawalGas({ account, request: { to: account.address, value: 1n, gas: 100_000n } }),
  ).toBeGreaterThan(21_000n)
})
