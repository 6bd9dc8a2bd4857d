import { createPublicClient, type Hex, http, type TransactionReceipt } from 'viem'
import { chainConfig, type GetWithdrawalStatusReturnType, getL2TransactionHashes } from 'viem/op-stack'
import { expect } from 'vitest'
import type { Clients } from './clients.ts'
import { until } from './until.ts'

const MINUTE = 60_000

/** The only L2 transaction of a deposit that is mined; its receipt and, with the OP Stack's formatters, itself. */
export async function arrived(clients: Clients, l1Hash: Hex) {
  const deposited = await clients.l1Public.waitForTransactionReceipt({ hash: l1Hash })
  expect(deposited.status).toBe('success')
  const [hash, ...others] = getL2TransactionHashes(deposited)
  expect(others).toEqual([])
  const receipt = await clients.l2Public.waitForTransactionReceipt({ hash: hash!, timeout: MINUTE })
  const chain = { ...clients.chains.l2, ...chainConfig }
  const transaction = await createPublicClient({ chain, transport: http() }).getTransaction({ hash: hash! })
  if (transaction.type !== 'deposit') throw new Error(`type ${transaction.type}`)
  // Found by the hash that the tools compute; the block lists it under its own.
  expect(receipt.transactionHash).not.toBe(hash)
  const block = await clients.l2Public.getBlock({ blockHash: receipt.blockHash })
  expect(block.transactions).toContain(receipt.transactionHash)
  expect(await clients.l2Public.getTransactionReceipt({ hash: receipt.transactionHash })).toEqual(receipt)
  return { receipt, transaction }
}

/** Puts ether into the Portal, to be withdrawn. */
export async function fund(clients: Clients, mint: bigint): Promise<void> {
  const request = await clients.l2Public.buildDepositTransaction({ mint, to: clients.account.address })
  expect((await arrived(clients, await clients.l1Wallet.depositTransaction(request))).receipt.status).toBe('success')
}

/** The status that viem reads for the withdrawal of a receipt. */
export function statusOf(
  { l1Public, chains }: Clients,
  receipt: TransactionReceipt,
): Promise<GetWithdrawalStatusReturnType> {
  return l1Public.getWithdrawalStatus({ receipt, targetChain: chains.l2 })
}

/** Waits until viem reads that status. */
export async function reach(clients: Clients, receipt: TransactionReceipt, status: GetWithdrawalStatusReturnType) {
  await until(`status ${status}`, MINUTE, async () =>
    (await statusOf(clients, receipt)) === status ? status : undefined,
  )
}

/** Proves the withdrawal of a receipt once an assertion covers it, sent by `from`. */
export async function prove(clients: Clients, receipt: TransactionReceipt, from = clients) {
  const targetChain = clients.chains.l2
  const { game, output, withdrawal } = await clients.l1Public.waitToProve({
    receipt,
    targetChain,
    pollingInterval: 300,
  })
  expect(game.l2BlockNumber).toBeGreaterThanOrEqual(receipt.blockNumber)
  const proof = await clients.l2Public.buildProveWithdrawal({ output, withdrawal })
  const hash = await from.l1Wallet.proveWithdrawal({ ...proof, targetChain })
  const proved = await clients.l1Public.waitForTransactionReceipt({ hash })
  expect(proved.status).toBe('success')
  return withdrawal
}
