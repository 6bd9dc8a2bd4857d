import { type Hex, parseTransaction, toFunctionSelector } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { EthClient, TxManagerStatus } from '../src/index.ts'
import { type Anvil, clientOf, startAnvil } from './anvil.ts'
import { counter, countOf, ether, gwei, placeContracts, startManager, until } from './setup.ts'

/** Contract that opens for good when it is called with ether, and reverts before. */
const gate = `0x${'9a'.repeat(20)}` as const
const gateCode = '0x3415600b576001600055005b60005460175760006000fd5b00'

/** As much gas as the dearest proof: at a tip of 1 gwei it costs at least 0.012 ether. */
const dearGas = 12_000_000n
const dear = (key: string) => ({ key, to: counter, gasLimit: dearGas })
const cheap = (key: string) => ({ key, to: counter })

let anvil: Anvil
let started: Awaited<ReturnType<typeof startManager>> | undefined
const start = async (more: Parameters<typeof startManager>[1]) => (started = await startManager(anvil, more))
beforeAll(async () => {
  anvil = await startAnvil()
  await placeContracts(anvil, toFunctionSelector('NotAllowed(uint256)'))
  await anvil.rpc('anvil_setCode', gate, gateCode)
})
afterAll(() => anvil.stop())
beforeEach(async () => {
  await anvil.rpc('evm_setAutomine', true)
  await anvil.rpc('anvil_setNextBlockBaseFeePerGas', `0x${gwei.toString(16)}`)
  await anvil.mine()
})
afterEach(async () => {
  await started?.close()
  started = undefined
})

/** First transactions in the order of signing, without bumps. */
const signed = () => started!.ofType('signed').flatMap(({ key, nonce, bump }) => (bump ? [] : [[key, nonce]]))

/** Mines until all are settled. */
async function mining<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const all = Promise.all(promises)
  const settled = Promise.allSettled(promises).then(() => true)
  while (!(await Promise.race([settled, new Promise<false>((resolve) => setTimeout(resolve, 60, false))]))) {
    await anvil.mine()
  }
  return all
}

it('lets cheap calls overtake one that the fee limit holds back, without a gap, and sends that one once it may', async () => {
  const { manager, ofType } = await start({ config: { maxCostWei: ether / 100n } })
  const before = await countOf(anvil)
  const late = manager.send(dear('dear'))
  await mining([manager.send(cheap('b')), manager.send(cheap('c'))])
  const { pending } = await manager.status()
  expect(pending).toMatchObject([{ key: 'dear', state: 'queued', nonce: null }])
  expect(pending[0]!.heldBack).toMatch(/fee limit/)
  expect(manager.heldBack()).toEqual(new Set(['dear']))
  expect(ofType('fee-limit').every(({ key }) => key === 'dear')).toBe(true)
  manager.setLimits({ maxCostWei: ether })
  await mining([late])
  expect(signed()).toEqual([
    ['b', 0],
    ['c', 1],
    ['dear', 2],
  ])
  expect(await countOf(anvil)).toBe(before + 3)
  expect(manager.heldBack()).toEqual(new Set())
  expect((await manager.status()).pending).toEqual([])
})

it('lets cheap calls overtake one that the account cannot pay', async () => {
  const { manager, signer, ofType } = await start({ balanceWei: (11n * ether) / 1_000n })
  const late = manager.send(dear('dear'))
  await mining([manager.send(cheap('b'))])
  expect((await manager.status()).pending).toMatchObject([
    { key: 'dear', state: 'queued', heldBack: expect.stringMatching(/cannot pay/) },
  ])
  await anvil.fund(signer.address, ether)
  await mining([late])
  expect(ofType('failed')).toEqual([])
})

it('tries few of those that wait in one look, however many they are, and each in its turn', async () => {
  const { request } = clientOf(anvil.url)
  // A look begins with the account's nonce, and what fails by its fees asks for none.
  const looks: number[] = []
  const marked: EthClient = {
    request: (args: { method: string }) => {
      if (args.method === 'eth_getTransactionCount') looks.push(started?.events.length ?? 0)
      return request(args as never)
    },
  }
  const config = { maxCostWei: ether / 100n, maxInFlight: 4, retryMs: 10, resubmitMs: 10 }
  const { manager, events, ofType } = await start({ clients: [marked], config })
  const keys = Array.from({ length: 24 }, (_, i) => `dear-${i}`)
  const late = keys.map((key) => manager.send(dear(key)))
  const triesOf = (key: string) => ofType('fee-limit').filter((event) => event.key === key).length
  await until(() => keys.every((key) => triesOf(key) > 3))
  // Each is tried at once when it is new.
  const firstTries = keys.map((key) => events.findIndex((event) => event.type === 'fee-limit' && event.key === key))
  const again = looks
    .filter((from) => from > Math.max(...firstTries))
    .map((from, i, all) => events.slice(from, all[i + 1]).length)
  expect(again.length).toBeGreaterThanOrEqual(2 * (keys.length / 4))
  expect(Math.max(...again)).toBeLessThanOrEqual(4)
  // What is new waits for none of them: at most for the look that goes on, and for its place in the next.
  const seen = events.length
  const fresh = manager.send(cheap('fresh'))
  await until(() => ofType('signed').some(({ key }) => key === 'fresh'))
  const before = events.slice(
    seen,
    events.findIndex(({ type }) => type === 'signed'),
  )
  expect(before.filter(({ type }) => type === 'fee-limit').length).toBeLessThanOrEqual(2 * 4)
  manager.setLimits({ maxCostWei: ether })
  await mining([...late, fresh])
})

it('counts what is on its way against the balance: nothing is signed that would be refused under its nonce', async () => {
  await anvil.rpc('evm_setAutomine', false)
  // At a base fee of 1 gwei each of the two asks for 0.036 ether.
  const { manager, ofType } = await start({ balanceWei: ether / 20n, config: { resubmitMs: 60_000 } })
  const sent = [manager.send(dear('a')), manager.send(dear('b')), manager.send(cheap('c'))]
  await until(() => ofType('published').length === 2 && ofType('out-of-funds').length > 0)
  expect(signed().map(([key]) => key)).toEqual(['a', 'c'])
  await mining(sent)
  expect(signed()).toEqual([
    ['a', 0],
    ['c', 1],
    ['b', 2],
  ])
  expect(ofType('refused')).toEqual([])
})

it('does not fail a call for what an earlier one that still waits would change', async () => {
  const { manager, signer, ofType } = await start({ balanceWei: ether / 2n })
  const opens = manager.send({ key: 'opens', to: gate, valueWei: ether })
  const passes = manager.send({ key: 'passes', to: gate })
  await until(() => ofType('step-failed').filter(({ key }) => key === 'passes').length > 1)
  expect(ofType('failed')).toEqual([])
  await anvil.fund(signer.address, 2n * ether)
  await mining([opens, passes])
  expect(signed().map(([key]) => key)).toEqual(['opens', 'passes'])
})

it('gives the nonce of one that no node takes to the next, and sends it once a node does', async () => {
  let isCapped = true
  const { request } = clientOf(anvil.url)
  const capped: EthClient = {
    request: async (args: { method: string; params: readonly Hex[] }) => {
      const isDear = args.method === 'eth_sendRawTransaction' && parseTransaction(args.params[0]!).gas === dearGas
      if (isCapped && isDear) throw new Error('tx fee (1.20 ether) exceeds the configured cap (1.00 ether)')
      return request(args as never)
    },
  }
  const { manager, store, ofType } = await start({ clients: [capped], config: { resubmitMs: 100 } })
  const before = await countOf(anvil)
  const late = manager.send(dear('dear'))
  await until(() => ofType('fee-limit').length > 2)
  await mining([manager.send(cheap('b'))])
  expect(store.get('b')).toMatchObject({ nonce: 0 })
  await until(async () => {
    const [{ key, nonce, heldBack }] = (await manager.status()).pending as [TxManagerStatus['pending'][number]]
    return key === 'dear' && nonce === null && heldBack?.includes("the node's") === true
  })
  isCapped = false
  expect(await mining([late])).toMatchObject([{ kind: 'transaction' }])
  expect(store.get('dear')).toMatchObject({ nonce: 1 })
  expect(await countOf(anvil)).toBe(before + 2)
})
