import { createPublicClient, createWalletClient, http, parseAbiItem, webSocket } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { publicActionsL2 } from 'viem/op-stack'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts, keys } from '../support/accounts.ts'
import { creation, type ServedRollup, serveRollup } from '../support/serve.ts'

let rollup: ServedRollup

beforeAll(async () => {
  rollup = await serveRollup()
})
afterAll(() => rollup.stop())

function clients(name: 'alice' | 'bob') {
  const options = { chain: rollup.viemChain, transport: http(rollup.url), pollingInterval: 50 }
  const account = privateKeyToAccount(keys[name])
  return {
    publicClient: createPublicClient(options).extend(publicActionsL2()),
    wallet: createWalletClient({ ...options, account }),
  }
}

describe('viem over HTTP', () => {
  it('sends a transfer and waits for its receipt', async () => {
    const { publicClient, wallet } = clients('alice')
    const hash = await wallet.sendTransaction({ to: contracts.logger, value: 0n })
    const receipt = await publicClient.waitForTransactionReceipt({ hash })
    expect(receipt).toMatchObject({ status: 'success', type: 'eip1559', transactionHash: hash })
    expect(receipt.logs).toHaveLength(1)
    const transaction = await publicClient.getTransaction({ hash })
    expect(transaction.blockNumber).toBe(receipt.blockNumber)
    const block = await publicClient.getBlock({ blockNumber: receipt.blockNumber, includeTransactions: true })
    expect(block.transactions[receipt.transactionIndex]?.hash).toBe(hash)
  })

  it('deploys a contract, reads and writes it', async () => {
    const { publicClient, wallet } = clients('alice')
    const hash = await wallet.deployContract({ abi: [], bytecode: creation('0x5f54600101805f555f5260205ff3') })
    const { contractAddress } = await publicClient.waitForTransactionReceipt({ hash })
    const abi = [parseAbiItem('function increment() returns (uint256)')]
    const contract = { address: contractAddress!, abi, functionName: 'increment' } as const
    const { request, result } = await publicClient.simulateContract({ ...contract, account: wallet.account })
    expect(result).toBe(1n)
    const written = await wallet.writeContract(request)
    expect((await publicClient.waitForTransactionReceipt({ hash: written })).status).toBe('success')
    expect(await publicClient.getStorageAt({ address: contractAddress!, slot: '0x0' })).toMatch(/01$/)
  })

  it('sends without eth_fillTransaction, and pipelines nonces', async () => {
    const { publicClient, wallet } = clients('bob')
    const nonce = await publicClient.getTransactionCount({ address: wallet.account.address, blockTag: 'pending' })
    const fees = await publicClient.estimateFeesPerGas()
    const hashes = await Promise.all(
      [2, 0, 1].map((i) =>
        wallet.sendTransaction({ to: contracts.logger, gas: 60_000n, ...fees, type: 'eip1559', nonce: nonce + i }),
      ),
    )
    const receipts = await Promise.all(hashes.map((hash) => publicClient.waitForTransactionReceipt({ hash })))
    expect(receipts.map((item) => item.status)).toEqual(['success', 'success', 'success'])
  })

  it('watches events by filter', async () => {
    const { publicClient, wallet } = clients('alice')
    const seen: unknown[] = []
    const stop = publicClient.watchEvent({ address: contracts.logger, onLogs: (logs) => void seen.push(...logs) })
    // viem does not tell when the filter is there.
    const send = async () => {
      await wallet.sendTransaction({ to: contracts.logger })
      return seen.length
    }
    await expect.poll(send, { timeout: 20_000, interval: 200 }).toBeGreaterThan(0)
    stop()
  })

  it('reads proofs, fees and logs', async () => {
    const { publicClient } = clients('alice')
    const zero = `0x${'00'.repeat(32)}` as const
    const proof = await publicClient.getProof({ address: contracts.counter, storageKeys: [zero] })
    expect(proof.storageProof).toHaveLength(1)
    expect((await publicClient.getFeeHistory({ blockCount: 2, rewardPercentiles: [50] })).baseFeePerGas.length).toBe(3)
    expect(await publicClient.getGasPrice()).toBeGreaterThan(0n)
    expect((await publicClient.getLogs({ fromBlock: 0n, address: contracts.logger })).length).toBeGreaterThan(0)
    expect((await publicClient.getBlock({ blockTag: 'pending' })).hash).toBeNull()
  })
})

describe('viem over WebSocket', () => {
  it('subscribes to heads, logs and pending transactions', async () => {
    const { wallet } = clients('alice')
    const client = createPublicClient({ chain: rollup.viemChain, transport: webSocket(rollup.wsUrl) })
    const heads: bigint[] = []
    const logs: unknown[] = []
    const pending: string[] = []
    const stops = [
      client.watchBlocks({ onBlock: (block) => void heads.push(block.number) }),
      client.watchEvent({ address: contracts.logger, onLogs: (items) => void logs.push(...items) }),
      client.watchPendingTransactions({ onTransactions: (hashes) => void pending.push(...hashes) }),
    ]
    // viem does not tell when the subscriptions are there.
    const sent: string[] = []
    const send = async () => {
      sent.push(await wallet.sendTransaction({ to: contracts.logger }))
      return [heads, logs, pending].every(({ length }) => length > 0)
    }
    await expect.poll(send, { timeout: 20_000, interval: 200 }).toBe(true)
    await expect.poll(() => pending.at(-1), { timeout: 20_000 }).toBe(sent.at(-1))
    expect(sent).toEqual(expect.arrayContaining(pending))
    for (const stop of stops) stop()
    expect(await client.getBlockNumber()).toBeGreaterThanOrEqual(heads[0]!)
    const socket = await client.transport.getRpcClient()
    socket.close()
  })
})
