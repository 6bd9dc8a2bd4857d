import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openChainStore } from '@crema/chain-store'
import { createGenesis, createSimulator } from '@crema/execution'
import { keccak256Hex, rollupConfigDigest } from '@crema/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRpc, type Rpc } from '../src/index.ts'
import { type SimulatorThreads, startSimulatorThreads } from '../src/service/simulator-threads.ts'
import { alloc, contracts } from './support/accounts.ts'
import { failure, request } from './support/client.ts'
import { createMemorySequencer } from './support/memory-sequencer.ts'
import { rollupConfig } from './support/rollup-config.ts'

const config = rollupConfig(alloc)
const folder = mkdtempSync(join(tmpdir(), 'crema-rpc-'))
const path = join(folder, 'chain.sqlite')
const store = openChainStore({ path })
let threads: SimulatorThreads
let rpc: Rpc

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
      chain: store,
      simulator: { ...local, call: threads.call },
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

  it('say so when the state is not there', async () => {
    const header = { ...store.headerByNumber(0n)!, stateRoot: `0x${'12'.repeat(32)}` } as const
    const message = { from: contracts.loop, to: contracts.counter, gas: 100_000n, gasPrice: 0n, value: 0n }
    await expect(threads.call({ header, message: { ...message, data: new Uint8Array(0) } })).rejects.toMatchObject({
      code: 'MISSING_STATE',
    })
  })
})
