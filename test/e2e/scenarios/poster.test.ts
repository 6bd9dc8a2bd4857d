import { testAddress } from '@crema/testing'
import type { Address, Hash } from 'viem'
import { beforeAll, expect, it } from 'vitest'
import { roles } from '../devnet/create-network.ts'
import { createClients } from '../support/clients.ts'
import { l1Head, l1Request, mineWaiting, pauseL1, resumeL1 } from '../support/l1.ts'
import { everythingPosted, inboxPosition, orderedHeight } from '../support/lane.ts'
import { useDevnet } from '../support/scenario.ts'
import { serviceLog } from '../support/service-log.ts'
import { until } from '../support/until.ts'

const MINUTE = 60_000
const devnet = useDevnet({
  parameters: { blockTimeMs: 200 },
  services: ['sequencer', 'poster', 'secondPoster', 'rpc'],
})
const posters = { poster: testAddress(roles.poster), secondPoster: testAddress(roles.secondPoster) } as const

interface BatchTransaction {
  readonly hash: Hash
  readonly from: Address
  readonly nonce: number
  readonly maxFeePerGas: bigint
}

/** Sends `count` transfers, one after the other as they are executed: a lane block each. */
async function transfers(count: number): Promise<Hash[]> {
  const { l2Wallet, l2Public, account } = createClients(devnet(), 5)
  const hashes: Hash[] = []
  for (let i = 0; i < count; i++) {
    const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
    await l2Public.waitForTransactionReceipt({ hash, pollingInterval: 50 })
    hashes.push(hash)
  }
  return hashes
}

/** Transactions to the Inbox that L1 holds from block `from` on. */
async function minedBatches(from: bigint): Promise<BatchTransaction[]> {
  const { anvil, config } = devnet()
  const found: BatchTransaction[] = []
  for (let number = from; number <= (await l1Head(devnet())); number++) {
    const { transactions } = await anvil.client.getBlock({ blockNumber: number, includeTransactions: true })
    for (const one of transactions) {
      if (one.to?.toLowerCase() === config.l1Contracts.inbox) found.push(one as unknown as BatchTransaction)
    }
  }
  return found.map((one) => ({ ...one, from: one.from.toLowerCase() as Address }))
}

/** What a sender has in L1's pool, oldest nonce first. */
async function waiting(sender: Address): Promise<{ hash: Hash; nonce: number; maxFeePerGas: bigint }[]> {
  type Pool = Record<string, Record<string, { hash: Hash; nonce: string; maxFeePerGas: string }>>
  const { pending } = await l1Request<{ pending: Pool }>(devnet(), 'txpool_content')
  const own = Object.entries(pending).find(([address]) => address.toLowerCase() === sender)?.[1] ?? {}
  return Object.values(own)
    .map(({ hash, nonce, maxFeePerGas }) => ({ hash, nonce: Number(nonce), maxFeePerGas: BigInt(maxFeePerGas) }))
    .sort((a, b) => a.nonce - b.nonce)
}

async function readiness(name: 'poster' | 'secondPoster'): Promise<{ ready: boolean; reasons: string[] }> {
  return (await (await fetch(devnet().services[name].spec.readyUrl)).json()) as { ready: boolean; reasons: string[] }
}

const pids: Record<string, number | undefined> = {}
beforeAll(() => {
  for (const name of Object.keys(posters) as (keyof typeof posters)[]) pids[name] = devnet().services[name].pid()
})

it('two posters race: every lane block lands once, and both live on', async () => {
  const net = devnet()
  const from = await l1Head(net)
  const sent: Hash[] = []
  // Blocks go on until each of the two has put a batch into L1, whoever won.
  await until('both to have posted', MINUTE, async () => {
    sent.push(...(await transfers(5)))
    const senders = new Set((await minedBatches(from)).map((batch) => batch.from))
    return Object.values(posters).every((address) => senders.has(address)) ? true : undefined
  })
  const posted = await everythingPosted(net)
  expect(posted).toBeGreaterThanOrEqual(BigInt(sent.length))
  await executedOnce(sent)
  for (const name of Object.keys(posters) as (keyof typeof posters)[]) {
    expect(net.services[name].running(), name).toBe(true)
    expect(net.services[name].pid(), name).toBe(pids[name])
    await until(`${name} to be ready`, MINUTE, async () => ((await readiness(name)).ready ? true : undefined))
  }
})

it('a poster without funds says so, and goes on once it has some', async () => {
  const net = devnet()
  expect(await net.services.secondPoster.stop()).toBe(0)
  await everythingPosted(net)
  const balance = await net.anvil.client.getBalance({ address: posters.poster })
  await l1Request(net, 'anvil_setBalance', posters.poster, '0x0')
  const before = await inboxPosition(net)
  const sent = await transfers(2)
  const reasons = await until('the poster to say that it cannot pay', MINUTE, async () => {
    const { ready, reasons } = await readiness('poster')
    return ready ? undefined : reasons
  })
  expect(reasons).toEqual([expect.stringMatching(/^funds: /)])
  expect(serviceLog(net, 'poster').some(({ msg, level }) => level === 'error' && /cannot pay/.test(msg))).toBe(true)
  expect(await inboxPosition(net)).toEqual(before)
  expect((await fetch(`http://127.0.0.1:${net.ports.health.poster}/health`)).status).toBe(200)

  await l1Request(net, 'anvil_setBalance', posters.poster, `0x${balance.toString(16)}`)
  await everythingPosted(net)
  await until('the poster to be ready', MINUTE, async () => ((await readiness('poster')).ready ? true : undefined))
  await executedOnce(sent)
  expect(net.services.poster.pid()).toBe(pids.poster)
})

it('outbids a spike of the base fee', async () => {
  const net = devnet()
  await everythingPosted(net)
  await pauseL1(net)
  const sent = await transfers(2)
  const [first] = await until('a waiting batch', MINUTE, async () => {
    const own = await waiting(posters.poster)
    return own.length > 0 ? own : undefined
  })
  const from = (await l1Head(net)) + 1n
  await l1Request(net, 'anvil_setNextBlockBaseFeePerGas', `0x${(first!.maxFeePerGas * 20n).toString(16)}`)
  await l1Request(net, 'evm_mine')
  expect(await minedBatches(from)).toEqual([])
  const spiked = await net.anvil.client.getBlock()
  expect(spiked.baseFeePerGas).toBe(first!.maxFeePerGas * 20n)
  await resumeL1(net)
  await everythingPosted(net)
  const [landed] = await minedBatches(from)
  expect(landed).toMatchObject({ from: posters.poster, nonce: first!.nonce })
  expect(landed!.hash).not.toBe(first!.hash)
  expect(landed!.maxFeePerGas).toBeGreaterThan(first!.maxFeePerGas)
  await executedOnce(sent)
})

it('a poster killed while its batch waits neither loses nor repeats it', async () => {
  const net = devnet()
  await everythingPosted(net)
  await pauseL1(net)
  const from = (await l1Head(net)) + 1n
  const sent = await transfers(2)
  const [own] = await until('a waiting batch', MINUTE, async () => {
    const found = await waiting(posters.poster)
    return found.length > 0 ? found : undefined
  })
  await net.services.poster.kill()
  sent.push(...(await transfers(2)))
  await net.services.poster.start()
  await mineWaiting(net, 1)
  await resumeL1(net)
  const posted = await everythingPosted(net)
  expect(posted).toBe(await orderedHeight(net))
  const batches = await minedBatches(from)
  expect(batches[0]).toMatchObject({ from: posters.poster, nonce: own!.nonce })
  // The blocks that came meanwhile took one more transaction; nothing was sent twice.
  expect(batches.map(({ nonce }) => nonce)).toEqual(batches.map((_, i) => own!.nonce + i))
  expect(batches.length).toBe(2)
  await executedOnce(sent)
})

/** Each transaction stands in exactly one safe block. */
async function executedOnce(hashes: readonly Hash[]): Promise<void> {
  const { l2Public } = createClients(devnet(), 5)
  const posted = (await inboxPosition(devnet())).leaves + devnet().config.genesis.number
  const safe = await until('the safe head', MINUTE, async () => {
    const { number } = await l2Public.getBlock({ blockTag: 'safe' })
    return number >= posted ? number : undefined
  })
  const found: Hash[] = []
  for (let number = 1n; number <= safe; number++) {
    const { transactions } = await l2Public.getBlock({ blockNumber: devnet().config.genesis.number + number })
    found.push(...transactions.filter((hash) => hashes.includes(hash)))
  }
  expect(found.toSorted()).toEqual(hashes.toSorted())
}
