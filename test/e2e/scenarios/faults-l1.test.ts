import { randomBytes } from 'node:crypto'
import { startAnvil } from '@crema/testing'
import { parseEther } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServiceProcess, type ServiceProcess } from '../devnet/service-process.ts'
import { serviceSpec } from '../devnet/service-specs.ts'
import { createClients } from '../support/clients.ts'
import { l1Request } from '../support/l1.ts'
import { type L1Lie, type L1Proxy, startL1Proxy } from '../support/l1-proxy.ts'
import { everythingPosted } from '../support/lane.ts'
import { alarmRaised, nodeStatus, nodeWell } from '../support/node-status.ts'
import { restingHeads } from '../support/resting-heads.ts'
import { useDevnet } from '../support/scenario.ts'
import { storedChain, storedEvidence, syncFromL1 } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 300 }, services: [] })
const names = ['sequencer', 'poster', 'rpc'] as const
const services: ServiceProcess[] = []
let proxy: L1Proxy

beforeAll(async () => {
  proxy = await startL1Proxy(devnet().urls.l1)
  for (const name of names) {
    const service = createServiceProcess(
      serviceSpec(name, { ...devnet(), ports: { ...devnet().ports, l1: proxy.port } }),
    )
    services.push(service)
    await service.start()
  }
}, 120_000)
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()))
  await proxy.close()
}, 60_000)

const clients = () => createClients(devnet(), 5)
async function transfer() {
  const { l2Wallet, l2Public, account } = clients()
  const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  return l2Public.waitForTransactionReceipt({ hash, timeout: 20_000 })
}

type Json = Record<string, unknown>
const isBlock = (method: string) => method.startsWith('eth_getBlockBy')
const random = () => `0x${randomBytes(32).toString('hex')}`
/** Changes every block that is served. */
const blocks =
  (change: (block: Json) => void): L1Lie =>
  (exchange) => {
    if (isBlock(exchange.method) && exchange.result !== null) change(exchange.result as Json)
    return undefined
  }

const lies: Record<string, { readonly lie: L1Lie; readonly code: string }> = {
  'malformed JSON': { lie: () => ({ body: '{"jsonrpc":"2.0","id":1,"result":{' }), code: 'L1_UNREACHABLE' },
  'a page instead of JSON': { lie: () => ({ body: '<html>502</html>', status: 502 }), code: 'L1_UNREACHABLE' },
  'JSON of another kind': { lie: () => ({ body: '[[],"",{"id":{}}]' }), code: 'L1_BAD_RESPONSE' },
  'blocks without their hashes': { lie: blocks((block) => delete block.hash), code: 'L1_BAD_RESPONSE' },
  'blocks without fees': { lie: blocks((block) => delete block.baseFeePerGas), code: 'L1_BAD_RESPONSE' },
  'wrong hashes': {
    lie: blocks((block) => {
      block.hash = random()
    }),
    code: 'L1_BAD_RESPONSE',
  },
  'wrong times': {
    lie: blocks((block) => {
      block.timestamp = '0x1'
    }),
    code: 'L1_BAD_RESPONSE',
  },
  'huge numbers': {
    lie: blocks((block) => {
      block.number = `0x${'f'.repeat(10_000)}`
    }),
    code: 'L1_BAD_RESPONSE',
  },
  'fields of other types': {
    lie: blocks((block) => {
      block.number = { value: 1 }
      block.logsBloom = []
    }),
    code: 'L1_BAD_RESPONSE',
  },
  'always the first block': {
    lie: (exchange) => {
      if (exchange.method === 'eth_getBlockByNumber' && exchange.params[0] !== 'latest') exchange.result = first
      return undefined
    },
    code: 'L1_BAD_RESPONSE',
  },
  'no blocks at all': {
    lie: (exchange) => {
      if (isBlock(exchange.method)) exchange.result = null
      return undefined
    },
    code: 'L1_BAD_RESPONSE',
  },
  'logs that are none': {
    lie: (exchange) => {
      if (exchange.method === 'eth_getLogs') exchange.result = [{ address: '0x', topics: 7 }]
      return undefined
    },
    code: 'L1_BAD_RESPONSE',
  },
}
let first: unknown

it.each(Object.keys(lies))('an endpoint that serves %s: nothing is done on it, and it may recover', async (name) => {
  const { l1Public, l2Public } = clients()
  first ??= await l1Public.request({ method: 'eth_getBlockByNumber', params: ['0x0', false] })
  const { lie, code } = lies[name]!
  const before = await nodeStatus(devnet())
  const head = await l2Public.getBlock()
  proxy.lie = lie
  const alarm = await alarmRaised(devnet(), 'l1-unreachable')
  expect(alarm.details.code).toBe(code)
  const during = await nodeStatus(devnet())
  expect(during.heads).toEqual(before.heads)
  expect((await l2Public.getBlock({ blockNumber: head.number })).hash).toBe(head.hash)
  for (const service of services) expect(service.running(), service.spec.name).toBe(true)
  proxy.lie = undefined
  expect((await nodeWell(devnet())).mode).toBe('live')
})

it.each([
  ['none of the logs', () => []],
  ['only the first of the logs', (logs: unknown[]) => logs.slice(0, 1)],
  ['all but the last of the logs', (logs: unknown[]) => logs.slice(0, -1)],
  ['logs of other blocks', (logs: unknown[]) => logs.map((log) => ({ ...(log as Json), blockHash: random() }))],
  ['logs without data', (logs: unknown[]) => logs.map((log) => ({ ...(log as Json), data: '0x' }))],
])('an endpoint that serves %s: no deposit is lost', async (_, some) => {
  const { l1Wallet, l1Public, l2Public, account } = clients()
  const before = await l2Public.getBalance({ address: account.address })
  proxy.lie = (exchange) => {
    if (exchange.method === 'eth_getLogs') exchange.result = some(exchange.result as unknown[])
    return undefined
  }
  const request = await l2Public.buildDepositTransaction({ mint: parseEther('1'), to: account.address })
  const deposit = await l1Wallet.depositTransaction(request)
  await l1Public.waitForTransactionReceipt({ hash: deposit })
  await alarmRaised(devnet(), 'l1-unreachable')
  expect(await l2Public.getBalance({ address: account.address })).toBe(before)
  proxy.lie = undefined
  await until('the deposit', 30_000, async () =>
    (await l2Public.getBalance({ address: account.address })) === before + parseEther('1') ? true : undefined,
  )
  expect((await nodeWell(devnet())).mode).toBe('live')
})

it.each([
  ['a shorter', 5],
  ['a longer', 1_000],
])('follows no other chain: %s one', async (_, length) => {
  const net = devnet()
  const other = await startAnvil({ chainId: 1 })
  try {
    await l1Request({ anvil: other }, 'anvil_mine', length)
    await restingHeads(net, ['rpc'])
    const { heads } = await nodeStatus(net)
    proxy.target = other.url
    const alarm = await alarmRaised(net, 'l1-unreachable')
    expect(alarm.details.code).toBe('L1_WRONG_CHAIN')
    expect((await nodeStatus(net)).heads).toEqual(heads)
    for (const service of services) expect(service.running(), service.spec.name).toBe(true)
  } finally {
    proxy.target = net.urls.l1
    await other.stop()
  }
  expect((await nodeWell(net)).mode).toBe('live')
})

it('goes on as if nothing had been, on the chain that L1 holds', async () => {
  const net = devnet()
  const { blockNumber } = await transfer()
  await everythingPosted(net)
  const { l2Public } = clients()
  await until('it to be final', 60_000, async () =>
    (await l2Public.getBlock({ blockTag: 'finalized' })).number >= blockNumber ? true : undefined,
  )
  expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0])
  const stored = storedChain(net, 'rpc')
  expect(await syncFromL1(net, stored.latest)).toEqual(stored)
  expect(storedEvidence(net, 'rpc')).toEqual([])
})

it('syncs through an endpoint that lost old logs, once they are there again', async () => {
  const net = devnet()
  const stored = storedChain(net, 'rpc')
  let lost = 0
  proxy.lie = (exchange) => {
    if (exchange.method !== 'eth_getLogs' || lost >= 3) return undefined
    if ((exchange.result as unknown[]).length > 0) lost++
    exchange.result = []
    return undefined
  }
  const urls = { ...net.urls, l1: `http://127.0.0.1:${proxy.port}` }
  expect(await syncFromL1({ ...net, urls }, stored.latest, 5n)).toEqual(stored)
  expect(lost).toBe(3)
})
