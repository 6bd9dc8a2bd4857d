import { type Contract, ContractFactory, JsonRpcProvider, Wallet, WebSocketProvider } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts, keys } from '../support/accounts.ts'
import { creation, type ServedRollup, serveRollup } from '../support/serve.ts'

let rollup: ServedRollup
let provider: JsonRpcProvider

beforeAll(async () => {
  rollup = await serveRollup()
  // ethers caches the pending nonce for 250 ms, longer than a block takes here.
  provider = new JsonRpcProvider(rollup.url, undefined, { polling: true, pollingInterval: 50, cacheTimeout: -1 })
})
afterAll(async () => {
  provider.destroy()
  await rollup.stop()
})

/** Has the logger log again and again until somebody has heard: nothing tells when ethers has begun to listen. */
async function loggingUntil<T>(heard: Promise<T>): Promise<T> {
  const wallet = new Wallet(keys.alice, provider)
  const pause = Symbol()
  for (;;) {
    await (await wallet.sendTransaction({ to: contracts.logger })).wait()
    const first = await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 250, pause))])
    if (first !== pause) return heard
  }
}

describe('ethers over HTTP', () => {
  it('sends and waits', async () => {
    const sent = await new Wallet(keys.alice, provider).sendTransaction({ to: contracts.logger, value: 0 })
    const receipt = await sent.wait()
    expect(receipt?.status).toBe(1)
    expect(receipt?.logs).toHaveLength(1)
    expect((await provider.getTransaction(sent.hash))?.blockNumber).toBe(receipt?.blockNumber)
    expect((await provider.getBlock('latest', true))?.prefetchedTransactions.length).toBe(1)
  })

  it('deploys, writes and reads', async () => {
    const wallet = new Wallet(keys.bob, provider)
    const abi = ['function increment() returns (uint256)']
    const factory = new ContractFactory(abi, creation('0x5f54600101805f555f5260205ff3'), wallet)
    const deployed = (await (await factory.deploy()).waitForDeployment()) as Contract
    await (await deployed.getFunction('increment')()).wait()
    expect(await deployed.getFunction('increment').staticCall()).toBe(2n)
  })

  it('hears events by polling', async () => {
    const heard = new Promise((resolve) => void provider.once({ address: contracts.logger }, resolve))
    expect(await loggingUntil(heard)).toMatchObject({ address: expect.stringMatching(/^0x/), removed: false })
  })

  it('reads fee data', async () => {
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = await provider.getFeeData()
    expect(gasPrice! > 0n && maxFeePerGas! > maxPriorityFeePerGas!).toBe(true)
  })
})

describe('ethers over WebSocket', () => {
  it('hears blocks and logs', async () => {
    const socket = new WebSocketProvider(rollup.wsUrl)
    const block = new Promise((resolve) => void socket.once('block', resolve))
    const log = new Promise((resolve) => void socket.once({ address: contracts.logger }, resolve))
    await socket.getBlockNumber()
    const [number, event] = await loggingUntil(Promise.all([block, log]))
    expect(number).toBeTypeOf('number')
    expect(event).toMatchObject({ index: 0 })
    // Its own eth_unsubscribe calls are answered first.
    await socket.send('eth_chainId', [])
    await socket.destroy()
  })
})
