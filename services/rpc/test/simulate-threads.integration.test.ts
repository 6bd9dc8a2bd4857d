import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openChainStore } from '@crema/chain-store'
import { createExecutor, createGenesis, createSimulator } from '@crema/execution'
import { encodePayload, keccak256Hex, rollupConfigDigest } from '@crema/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRpc, type Rpc } from '../src/index.ts'
import { type SimulatorThreads, startSimulatorThreads } from '../src/service/simulator-threads.ts'
import { alloc, contracts, signed, transfer } from './support/accounts.ts'
import { failure, request } from './support/client.ts'
import { createMemorySequencer } from './support/memory-sequencer.ts'
import { rollupConfig } from './support/rollup-config.ts'

const config = rollupConfig(alloc)
const folder = mkdtempSync(join(tmpdir(), 'crema-rpc-'))
const path = join(folder, 'chain.sqlite')
const store = openChainStore({ path })
let threads: SimulatorThreads
let rpc: Rpc
/** Scans on the node's own thread. */
const onNode = (): never => {
  throw new Error('the chain was searched on the thread of the node')
}

/** Commits a block with these transactions. */
async function commit(...raws: string[]) {
  const executor = createExecutor({ config: config.l2, state: store, portal: config.l1Contracts.portal })
  const parent = store.headerByNumber(store.heads().latest.number)!
  const number = parent.number + 1n
  const payload = encodePayload(raws.map((raw) => Buffer.from(raw.slice(2), 'hex')))
  const timestamp = parent.timestamp + 1n
  const word = `0x${number.toString(16).padStart(64, '0')}` as const
  const input = { number, timestamp, prevRandao: word, origin: config.genesisOrigin, deposits: [], payload }
  const { block, writes } = await executor.executeBlock(parent, input)
  const position = {
    ...store.position(parent.number)!,
    ...{ sequencerHeight: number, laneHeight: number, laneTip: word, timestamp, inboxIndex: number - 1n },
    payloadHash: keccak256Hex(payload),
    gasSinceGenesis: store.position(parent.number)!.gasSinceGenesis + block.header.gasUsed,
  }
  store.commitBlock({ block, writes, position })
  return block
}

beforeAll(async () => {
  const genesis = await createGenesis(config.genesis, config.l2)
  const { block, writes } = genesis
  const zero = `0x${'00'.repeat(32)}` as const
  store.initialize({
    block,
    writes,
    configDigest: rollupConfigDigest(config),
    position: {
      sequencerHeight: 0n,
      laneHeight: 0n,
      laneTip: zero,
      kind: 0,
      timestamp: config.genesis.timestamp,
      origin: config.genesisOrigin,
      depositEnd: 0n,
      inboxIndex: -1n,
      payloadHash: keccak256Hex(new Uint8Array(0)),
      gasSinceGenesis: 0n,
    },
  })
  threads = startSimulatorThreads({ database: path, config: config.l2 }, 1)
  await threads.ready()
  const local = createSimulator({ config: config.l2, state: store, blockHash: () => undefined })
  const none = undefined
  rpc = createRpc({
    node: {
      chain: { ...store, logs: onNode, blockByNumber: onNode },
      simulator: { ...local, call: threads.call },
      scans: threads,
      config,
      onEvent: () => () => {},
      status: () => ({
        l1: { head: none, safe: none, finalized: none, current: none },
        heads: store.heads(),
        syncing: none,
        sequencer: { connected: true },
        lastAsserted: none,
        lastConfirmed: none,
      }),
    },
    sequencer: createMemorySequencer(),
    logger: { warn: () => {}, error: (fields, message) => console.error(message, fields) },
    limits: { callConcurrency: 1, callTimeout: 3_000, callGasCap: 2_000_000_000n },
  })
})
afterAll(async () => {
  rpc.close()
  await threads.close()
  store.close()
  rmSync(folder, { recursive: true })
})

describe('simulation threads', () => {
  it('run calls on the database of the node', async () => {
    expect(await request(rpc, 'eth_call', { to: contracts.counter })).toBe(`0x${'1'.padStart(64, '0')}`)
    expect(await failure(rpc, 'eth_call', { to: contracts.reverter })).toMatchObject({ code: 3 })
  })

  it('leave the server free, and end with the time limit', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 10)
    expect(await failure(rpc, 'eth_call', { to: contracts.loop })).toEqual({
      code: -32002,
      message: 'request timed out',
    })
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(30)
    await expect
      .poll(() => request(rpc, 'eth_call', { to: contracts.counter }).catch((error) => error), { timeout: 20_000 })
      .toBe(`0x${'1'.padStart(64, '0')}`)
  })

  it('search the chain up to the block that was just committed', async () => {
    const log = (nonce: bigint) => signed(transfer({ nonce, to: contracts.logger, gasLimit: 60_000n }))
    for (let nonce = 0n; nonce < 3n; nonce++) {
      const block = await commit(log(nonce))
      const found = await request<object[]>(rpc, 'eth_getLogs', { fromBlock: '0x0', address: contracts.logger })
      expect(found).toHaveLength(Number(nonce) + 1)
      expect(found.at(-1)).toMatchObject({ blockHash: block.hash, transactionHash: block.transactions[0]!.hash })
      expect(await request(rpc, 'eth_getLogs', { blockHash: block.hash })).toHaveLength(1)
      const latest = `0x${block.header.number.toString(16)}`
      expect(await request(rpc, 'eth_feeHistory', 1, latest, [50])).toMatchObject({
        oldestBlock: latest,
        reward: [['0xf4240']],
      })
    }
    const filter = await request(rpc, 'eth_newFilter', { fromBlock: '0x0' })
    expect(await request(rpc, 'eth_getFilterLogs', filter)).toHaveLength(3)
  })

  it('say so when the state is not there', async () => {
    const header = { ...store.headerByNumber(0n)!, stateRoot: `0x${'12'.repeat(32)}` } as const
    const message = { from: contracts.loop, to: contracts.counter, gas: 100_000n, gasPrice: 0n, value: 0n }
    await expect(threads.call({ header, message: { ...message, data: new Uint8Array(0) } })).rejects.toMatchObject({
      code: 'MISSING_STATE',
    })
  })
})
