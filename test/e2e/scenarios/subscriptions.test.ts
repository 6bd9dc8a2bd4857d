import { predeploys } from '@crema/protocol'
import { testAccount, testAddress, testKey } from '@crema/testing'
import { Contract, type ContractEventPayload, Wallet, WebSocketProvider } from 'ethers'
import {
  createPublicClient,
  encodeFunctionData,
  getContract,
  type Hash,
  hexToBytes,
  parseAbi,
  parseEther,
  type TransactionReceipt,
  webSocket,
} from 'viem'
import { expect, it, onTestFinished } from 'vitest'
import { l2Chain } from '../devnet/chains.ts'
import { createClients } from '../support/clients.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 250 }, services: ['sequencer', 'poster', 'rpc'] })
const SOON = 20_000
const abi = parseAbi([
  'function deposit() payable',
  'function transfer(address to, uint256 value) returns (bool)',
  'event Deposit(address indexed dst, uint256 wad)',
  'event Transfer(address indexed src, address indexed dst, uint256 wad)',
])
const weth = { address: predeploys.weth9, abi } as const
const socketUrl = () => devnet().urls.rpc.replace('http', 'ws')

/** viem over WebSocket; what it subscribed to comes back by itself when the connection breaks. */
async function viemSocket() {
  const transport = webSocket(socketUrl(), { reconnect: { attempts: 200, delay: 200 }, keepAlive: { interval: 1_000 } })
  const client = createPublicClient({ chain: l2Chain(devnet().config, devnet().urls.rpc), transport })
  const { getRpcClient } = client.transport as unknown as { getRpcClient(): Promise<{ close(): void }> }
  const socket = await getRpcClient()
  onTestFinished(() => socket.close())
  return client
}

/** A wallet over HTTP whose deposits of WETH the subscriptions see. */
function depositor(index: number) {
  const { l2Public, l2Wallet, account } = createClients(devnet(), index)
  const contract = getContract({ ...weth, client: l2Wallet })
  return {
    address: account.address,
    client: l2Public,
    deposit: async (value: bigint) => {
      const hash = await contract.write.deposit({ value })
      return l2Public.waitForTransactionReceipt({ hash })
    },
  }
}

/** A deposit of WETH by account 5 that goes to the sequencer alone. */
async function orderBehindItsBack(value: bigint, nonce: number): Promise<void> {
  const { config, urls } = devnet()
  const raw = await testAccount(5).signTransaction({
    to: weth.address,
    value,
    data: encodeFunctionData({ abi, functionName: 'deposit' }),
    gas: 100_000n,
    nonce,
    maxFeePerGas: parseEther('3', 'gwei'),
    chainId: Number(config.l2.chainId),
  })
  const response = await fetch(`${urls.sequencer}/v1/lanes/${config.l2.chainId}/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: hexToBytes(raw),
  })
  expect(response.ok, await response.text()).toBe(true)
}

const consecutive = (numbers: readonly bigint[]) => numbers.map((_, i) => numbers[0]! + BigInt(i))

it('tells viem of blocks, events and pending transactions, each once and in order', async () => {
  const client = await viemSocket()
  const { deposit, address } = depositor(5)
  const failures: Error[] = []
  const onError = (error: Error) => failures.push(error)
  const blocks: { readonly number: bigint; readonly hash: Hash; readonly parentHash: Hash }[] = []
  const amounts: bigint[] = []
  const pending: Hash[] = []
  const stops = [
    client.watchBlocks({ onBlock: (block) => blocks.push(block), onError }),
    client.watchContractEvent({
      ...weth,
      eventName: 'Deposit',
      args: { dst: address },
      strict: true,
      onLogs: (logs) => amounts.push(...logs.map(({ args }) => args.wad)),
      onError,
    }),
    client.watchPendingTransactions({ onTransactions: (hashes) => pending.push(...hashes), onError }),
  ]
  const receipts: TransactionReceipt[] = []
  for (const value of [1n, 2n, 3n]) {
    // Of another depositor the filter says nothing.
    await depositor(6).deposit(100n)
    receipts.push(await deposit(value))
  }
  const last = receipts[2]!.blockNumber
  await until('three events and their blocks', SOON, async () =>
    amounts.length >= 3 && blocks.at(-1)!.number >= last ? true : undefined,
  )
  for (const stop of stops) stop()
  expect(failures).toEqual([])
  expect(amounts).toEqual([1n, 2n, 3n])
  const numbers = blocks.map(({ number }) => number)
  expect(numbers).toEqual(consecutive(numbers))
  for (const [i, block] of blocks.entries()) if (i > 0) expect(block.parentHash).toBe(blocks[i - 1]!.hash)
  expect(pending.filter((hash) => receipts.some(({ transactionHash }) => transactionHash === hash))).toEqual(
    receipts.map(({ transactionHash }) => transactionHash),
  )
})

it('tells ethers of blocks, events and pending transactions', async () => {
  // Without its cache: ethers would take an old answer for a block that comes within 250 ms, and then wait for the next one.
  const provider = new WebSocketProvider(socketUrl(), undefined, { cacheTimeout: -1 })
  onTestFinished(() => provider.destroy())
  const wallet = new Wallet(testKey(7), provider)
  const contract = new Contract(
    weth.address,
    ['function deposit() payable', 'event Deposit(address indexed dst, uint256 wad)'],
    wallet,
  )
  const blocks: number[] = []
  const amounts: bigint[] = []
  const pending: string[] = []
  await provider.on('block', (number: number) => void blocks.push(number))
  await provider.on('pending', (hash: string) => void pending.push(hash))
  await contract.on(contract.filters.Deposit!(wallet.address), ({ args }: ContractEventPayload) =>
    amounts.push(args.wad),
  )
  const sent: string[] = []
  for (const value of [4n, 5n]) {
    const response = await contract.getFunction('deposit').send({ value })
    sent.push(response.hash)
    expect((await response.wait())!.status).toBe(1)
  }
  await until('both events', SOON, async () => (amounts.length >= 2 && blocks.length >= 2 ? true : undefined))
  expect(amounts).toEqual([4n, 5n])
  expect(blocks).toEqual(blocks.map((_, i) => blocks[0]! + i))
  expect(pending.filter((hash) => sent.includes(hash))).toEqual(sent)
})

it('ends a subscription on request, and gives whole pending transactions', async () => {
  const client = await viemSocket()
  const seen: { readonly hash: Hash; readonly value: string; readonly blockNumber: null }[] = []
  const subscription = await client.transport.subscribe({
    params: ['newPendingTransactions', true] as never,
    onData: (data) => seen.push(data.result),
  })
  const { deposit } = depositor(5)
  const { transactionHash } = await deposit(77n)
  await until('the transaction', SOON, async () => seen[0])
  expect(seen).toEqual([expect.objectContaining({ hash: transactionHash, value: '0x4d', blockNumber: null })])
  await subscription.unsubscribe()
  await deposit(78n)
  expect(seen).toHaveLength(1)
  const again = { method: 'eth_unsubscribe', params: [subscription.subscriptionId] } as never
  await expect(client.request(again)).rejects.toThrow('subscription not found')
  await expect(rollupCall(devnet().urls.rpc, 'eth_subscribe', 'newHeads')).rejects.toThrow(
    'notifications not supported',
  )
})

it('goes on for its clients after the server was killed and came back', async () => {
  const { rpc } = devnet().services
  const client = await viemSocket()
  const { deposit, address, client: http } = depositor(5)
  const numbers: bigint[] = []
  const amounts: bigint[] = []
  const failures: Error[] = []
  const onError = (error: Error) => failures.push(error)
  const stops = [
    client.watchBlocks({ onBlock: ({ number }) => numbers.push(number), onError }),
    client.watchEvent({
      address: weth.address,
      event: abi[2],
      args: { dst: address },
      strict: true,
      onLogs: (logs) => amounts.push(...logs.map(({ args }) => args.wad)),
      onError,
    }),
  ]
  const before = await deposit(11n)
  await until('its event and block', SOON, async () => (amounts.length > 0 && numbers.length > 0 ? true : undefined))

  const nonce = await http.getTransactionCount({ address })
  await rpc.kill()
  await until('the client to notice', SOON, async () => failures[0])
  await expect(http.getChainId()).rejects.toThrow()
  const told = numbers.length
  await orderBehindItsBack(13n, nonce)
  await rpc.start()
  // The client comes back by itself; until it is there, it misses what happens.
  const values: bigint[] = []
  const receipts: TransactionReceipt[] = []
  const depositNext = async (): Promise<void> => {
    values.push(14n + BigInt(values.length))
    receipts.push(await deposit(values.at(-1)!))
  }
  await until('events again', SOON, async () => {
    await depositNext()
    return amounts.length > 1 ? true : undefined
  })
  await depositNext()
  await until('the last event and block', SOON, async () =>
    amounts.at(-1) === values.at(-1) && numbers.at(-1)! >= receipts.at(-1)!.blockNumber ? true : undefined,
  )
  for (const stop of stops) stop()
  const all = [11n, 13n, ...values]
  expect(amounts).toEqual(all.filter((value) => amounts.includes(value)))
  const heard = numbers.slice(told)
  expect(heard[0]!).toBeGreaterThan(numbers[told - 1]!)
  expect(heard).toEqual(consecutive(heard))
  const after = receipts.at(-1)!

  // Nothing was lost: what came in between can be read.
  const logs = await http.getContractEvents({
    ...weth,
    eventName: 'Deposit',
    args: { dst: address },
    fromBlock: before.blockNumber,
    toBlock: after.blockNumber,
    strict: true,
  })
  expect(logs.map(({ args }) => args.wad)).toEqual(all)

  const provider = new WebSocketProvider(socketUrl(), undefined, { cacheTimeout: -1 })
  onTestFinished(() => provider.destroy())
  expect(await provider.getBalance(testAddress(5), Number(after.blockNumber))).toBe(
    await http.getBalance({ address, blockNumber: after.blockNumber }),
  )
})
