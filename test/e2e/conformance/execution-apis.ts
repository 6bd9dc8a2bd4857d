import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { allocationState, createL1Common, createL1Executor } from '@crema/execution'
import type { Hex } from '@crema/protocol'
import { createBlock } from '@ethereumjs/block'
import { createCommonFromGethGenesis } from '@ethereumjs/common'
import { RLP } from '@ethereumjs/rlp'
import { type FixtureState, toAllocation } from './fixture-state.ts'
import { createMemoryStore } from './memory-store.ts'
import { createReport, type Suite, type TaskReport } from './suite.ts'
import { vectorPath } from './vectors.ts'

/** The chain of ethereum/execution-apis: 54 blocks from the merge to Prague, every state root checked. */
export const executionApis: Suite = {
  name: 'execution-apis',
  title: 'chain.rlp of execution-apis',
  async tasks() {
    return [path.dirname(vectorPath('execution-apis/tests/chain.rlp'))]
  },
  run,
}

async function run(directory: string): Promise<TaskReport> {
  const builder = createReport()
  const genesis = JSON.parse(await readFile(path.join(directory, 'genesis.json'), 'utf8')) as GethGenesis
  const blocks = splitBlocks(await readFile(path.join(directory, 'chain.rlp')))
  const store = createMemoryStore()
  const pre = await allocationState(toAllocation(prefixed(genesis.alloc)))
  store.add(pre.writes)
  const common = createL1Common(chainOf(genesis))
  const executor = await createL1Executor({ common, state: store, genesis: genesisBlock(genesis, common, pre.root) })
  for (const block of blocks) {
    // Import compares every header field; it throws for a wrong root.
    const imported = await executor.importBlock(block)
    store.add(imported.writes)
    builder.pass('blocks')
  }
  return builder.report
}

interface GethGenesis {
  readonly alloc: Readonly<Record<string, FixtureState[keyof FixtureState]>>
  readonly config: {
    readonly blobSchedule: Readonly<Record<string, { readonly target: number; readonly max: number }>>
  }
  readonly gasLimit: Hex
  readonly timestamp: Hex
  readonly difficulty: Hex
  readonly extraData: Hex
  readonly nonce: Hex
  readonly mixHash: Hex
  readonly coinbase: Hex
  readonly baseFeePerGas?: Hex
}

type Chain = Parameters<typeof createL1Common>[0]['chain']

function chainOf(genesis: GethGenesis): Parameters<typeof createL1Common>[0] {
  const parsed = createCommonFromGethGenesis(genesis as never, { chain: 'hive' })
  const chain = (parsed as unknown as { _chainParams: Chain })._chainParams
  nameBlobTargets(chain, genesis)
  return { chain, hardfork: parsed.hardfork() }
}

/** The library reads a blob schedule under one pair of names and, from BPO1 on, looks it up under another. */
function nameBlobTargets(chain: Chain, genesis: GethGenesis): void {
  for (const [fork, { target, max }] of Object.entries(genesis.config.blobSchedule)) {
    const params = chain.customHardforks?.[fork]?.params as Record<string, number> | undefined
    if (params !== undefined) Object.assign(params, { target, max })
  }
}

function genesisBlock(
  genesis: GethGenesis,
  common: ReturnType<typeof createL1Common>,
  stateRoot: Uint8Array,
): Uint8Array {
  const rules = common.copy()
  rules.setHardforkBy({ blockNumber: 0n, timestamp: BigInt(genesis.timestamp) })
  const { gasLimit, timestamp, difficulty, extraData, mixHash, coinbase } = genesis
  const nonce: Hex = `0x${genesis.nonce.slice(2).padStart(16, '0')}`
  const header = { gasLimit, timestamp, difficulty, extraData, nonce, mixHash, coinbase, stateRoot }
  return createBlock({ header }, { common: rules, setHardfork: false }).serialize()
}

function prefixed(alloc: GethGenesis['alloc']): FixtureState {
  return Object.fromEntries(
    Object.entries(alloc).map(([address, account]) => [address.startsWith('0x') ? address : `0x${address}`, account]),
  )
}

/** The concatenated RLP items of chain.rlp. */
function splitBlocks(chain: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = []
  let rest: Uint8Array = new Uint8Array(chain)
  while (rest.length > 0) {
    const { remainder } = RLP.decode(rest, true)
    blocks.push(rest.subarray(0, rest.length - remainder.length))
    rest = remainder
  }
  return blocks
}
