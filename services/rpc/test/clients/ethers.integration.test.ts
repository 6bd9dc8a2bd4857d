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
    await new Promise((resolve) => setTimeout(resolve, 200))
    await (await new Wallet(keys.alice, provider).sendTransaction({ to: contracts.logger })).wait()
    expect(await heard).toMatchObject({ address: expect.stringMatching(/^0x/), removed: false })
  })

  it('reads fee data', async () => {
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = await provider.getFeeData()
    expect(gasPrice! > 0n && maxFeePerGas! > maxPriorityFeePerGas!).toBe(true)
  })
})

describe('ethers on a chain that stands still', () => {
  it('has its receipt though the only block came between its last question and its watch', async () => {
    let ahead = 0
    let questions = 0
    const sealed = Promise.withResolvers<void>()
    const idle = await serveRollup({ now: () => Date.now() + ahead, limits: { wakeInterval: 50 } }, false)
    let numbers = 0
    // It asks for the receipt twice, the second time beside the first block number that it takes for old.
    class Late extends JsonRpcProvider {
      override async send(method: string, params: unknown[]) {
        const question = method === 'eth_getTransactionReceipt' ? ++questions : 0
        if (method === 'eth_blockNumber' && questions > 0 && ++numbers > 1) await sealed.promise
        const answer = await super.send(method, params)
        if (question !== 2) return answer
        expect(answer).toBeNull()
        await idle.seal()
        ahead = 60_000
        sealed.resolve()
        return answer
      }
    }
    const late = new Late(idle.url, undefined, { polling: true, pollingInterval: 50, cacheTimeout: -1 })
    const heartbeat = setInterval(() => {
      if (idle.sequencer.takeHeartbeat()) void idle.seal({ raws: [] })
    }, 25)
    const sent = await new Wallet(keys.alice, late).sendTransaction({ to: contracts.logger })
    expect(await sent.wait()).toMatchObject({ status: 1, blockNumber: 1 })
    expect(await late.getBlockNumber()).toBe(2)
    clearInterval(heartbeat)
    late.destroy()
    await idle.stop()
  })
})

describe('ethers over WebSocket', () => {
  it('hears blocks and logs', async () => {
    const socket = new WebSocketProvider(rollup.wsUrl)
    const block = new Promise((resolve) => void socket.once('block', resolve))
    const log = new Promise((resolve) => void socket.once({ address: contracts.logger }, resolve))
    await socket.getBlockNumber()
    await new Promise((resolve) => setTimeout(resolve, 200))
    await new Wallet(keys.alice, provider).sendTransaction({ to: contracts.logger })
    expect(await block).toBeTypeOf('number')
    expect(await log).toMatchObject({ index: 0 })
    // Its own eth_unsubscribe calls are answered first.
    await socket.send('eth_chainId', [])
    await socket.destroy()
  })
})
