import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BlockPosition, type ChainStore, openChainStore, type PostedLeaf } from '@crema/chain-store'
import { createExecutor, createGenesis, createSimulator } from '@crema/execution'
import type { RollupNode } from '@crema/node'
import { type Hash, keccak256Hex, rollupConfigDigest } from '@crema/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RollupNodePort } from '../src/index.ts'
import { chainScans } from '../src/scan/chain-scans.ts'
import { nodePort } from '../src/service/node-port.ts'
import { alloc } from './support/accounts.ts'
import { rollupConfig } from './support/rollup-config.ts'

const config = rollupConfig(alloc)
const folder = mkdtempSync(join(tmpdir(), 'crema-rpc-port-'))
const empty = new Uint8Array(0)
const word = (value: number): Hash => `0x${value.toString(16).padStart(64, '0')}`
let store: ChainStore
let port: RollupNodePort

/** Two posted blocks, in L1 blocks 12 and 15, and a soft one; L1 is followed to block 20. */
beforeAll(async () => {
  const genesis = await createGenesis(config.genesis, config.l2)
  const identity = { genesisHash: genesis.block.hash, configDigest: rollupConfigDigest(config) }
  store = openChainStore({ path: join(folder, 'chain.sqlite'), genesis: identity })
  const { configDigest } = identity
  store.initialize({ block: genesis.block, writes: genesis.writes, position: position(0, undefined), configDigest })
  store.appendL1({ blocks: [l1Block(10)], deposits: [], leaves: [] })
  store.appendL1({
    blocks: [12, 15, 20].map(l1Block),
    deposits: [],
    leaves: [posted(0, 12), posted(1, 15)],
  })
  const executor = createExecutor({ config: config.l2, state: store, portal: config.l1Contracts.portal })
  for (const number of [1, 2, 3]) {
    const parent = store.headerByNumber(BigInt(number - 1))!
    const { block, writes } = await executor.executeBlock(parent, {
      number: BigInt(number),
      timestamp: config.genesis.timestamp + BigInt(number),
      prevRandao: word(number),
      origin: config.genesisOrigin,
      deposits: [],
      payload: empty,
    })
    const leaf = number < 3 ? { index: BigInt(number - 1), leafHash: word(100 + number - 1) } : undefined
    const entry = { block, writes, position: position(number, leaf?.leafHash) }
    store.commitBlock(leaf === undefined ? entry : { ...entry, leaf })
  }
  const simulator = createSimulator({ config: config.l2, state: store, blockHash: () => undefined })
  const node = { config, chain: store, store, simulator } as unknown as RollupNode
  const assertions = {
    refresh: async () => {},
    newest: () => [],
    heads: () => ({ lastAsserted: undefined, lastConfirmed: undefined }),
  }
  port = nodePort(node, assertions, { call: simulator.call, ...chainScans(store, config.l2) })
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

function position(number: number, leafHash: Hash | undefined): BlockPosition {
  const at: BlockPosition = {
    sequencerHeight: BigInt(number),
    laneHeight: BigInt(number),
    laneTip: word(number),
    kind: 0,
    timestamp: config.genesis.timestamp + BigInt(number),
    origin: config.genesisOrigin,
    depositEnd: 0n,
    inboxIndex: BigInt(number - 1),
    payloadHash: keccak256Hex(empty),
    gasSinceGenesis: 0n,
  }
  return leafHash === undefined ? at : { ...at, leafHash }
}

function l1Block(number: number) {
  return {
    number: BigInt(number),
    hash: word(1_000 + number),
    parentHash: word(2_000 + number),
    timestamp: BigInt(number),
    baseFee: 7n,
    mixHash: word(0),
  }
}

function posted(index: number, l1Number: number): PostedLeaf {
  return {
    index: BigInt(index),
    leafHash: word(100 + index),
    leaf: {
      kind: 0,
      sequencerHeight: BigInt(index + 1),
      timestamp: config.genesis.timestamp + BigInt(index + 1),
      originNumber: 0n,
      originHash: word(0),
      originTimestamp: 0n,
      originBaseFee: 7n,
      prevRandao: word(index + 1),
      payloadHash: keccak256Hex(empty),
      txCount: 0n,
      txRoot: word(0),
      depositStart: 0n,
      depositEnd: 0n,
      depositRoot: word(0),
    },
    payload: empty,
    laneHeight: BigInt(index + 1),
    laneTip: word(index + 1),
    l1BlockNumber: BigInt(l1Number),
    l1BlockHash: word(1_000 + l1Number),
    l1TransactionHash: word(3_000 + l1Number),
  }
}

describe('the node as the server sees it', () => {
  it('says where a block was posted', () => {
    expect(port.batchForBlock?.(1n)).toEqual({
      leafIndex: 0n,
      kind: 'ordered',
      sequencerHeight: 1n,
      l1BlockNumber: 12n,
      l1BlockHash: word(1_012),
      l1TransactionHash: word(3_012),
    })
    expect(port.batchForBlock?.(2n)?.l1BlockNumber).toBe(15n)
    for (const number of [0n, 3n, 9n]) expect(port.batchForBlock?.(number)).toBeUndefined()
  })

  it('says what was safe at an L1 block', () => {
    const safeAt = (number: bigint) => port.safeHeadAtL1Block?.(number)?.safeHead.number
    expect([10n, 11n, 12n, 14n, 15n, 20n].map(safeAt)).toEqual([0n, 0n, 1n, 1n, 2n, 2n])
    expect(safeAt(21n)).toBeUndefined()
    expect(safeAt(9n)).toBeUndefined()
    expect(port.safeHeadAtL1Block?.(14n)?.l1).toEqual({ number: 12n, hash: word(1_012) })
  })
})
