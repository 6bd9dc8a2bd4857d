import { readFileSync } from 'node:fs'
import { allocationState, createL1Common, createL1Executor, createSimulator } from '@crema/execution'
import {
  type Address,
  bytesToHex,
  decodeHeader,
  type GenesisAccount,
  type Hash,
  type Hex,
  keccak256Hex,
} from '@crema/protocol'
import { createBlock } from '@ethereumjs/block'
import { createCommonFromGethGenesis } from '@ethereumjs/common'
import { RLP } from '@ethereumjs/rlp'
import type { RollupNodePort } from '../../src/index.ts'
import { chainScans } from '../../src/scan/chain-scans.ts'
import { createMemoryChain } from '../support/memory-chain.ts'
import { rollupConfig } from '../support/rollup-config.ts'
import { corpusPath } from './corpus.ts'
import { replayEthereum } from './ethereum-replay.ts'
import { toL2Block } from './to-l2-block.ts'

/**
 * A node that holds the 54 blocks of execution-apis: state by our executor under Ethereum's rules, receipts by @ethereumjs/vm as
 * installed. latest = safe = finalized = block 54, as the suite's forkchoiceUpdated says.
 */
export async function importChain(): Promise<RollupNodePort> {
  const genesis = JSON.parse(readFileSync(corpusPath('execution-apis/tests/genesis.json'), 'utf8')) as GethGenesis
  const replayed = await replayEthereum(genesis, readFileSync(corpusPath('execution-apis/tests/chain.rlp')))
  const chain = createMemoryChain()
  const pre = await allocationState(toAllocation(genesis.alloc))
  const parsed = createCommonFromGethGenesis(genesis as never, { chain: 'hive' })
  const chainConfig = (parsed as unknown as { _chainParams: L1CommonOptions['chain'] })._chainParams
  nameBlobTargets(chainConfig, genesis)
  const common = createL1Common({ chain: chainConfig, hardfork: parsed.hardfork() })
  const genesisRlp = genesisBlock(genesis, common, pre.root)
  chain.append(genesisAsL2(genesisRlp), pre.writes)
  const executor = await createL1Executor({ common, state: chain, genesis: genesisRlp })
  for (const block of replayed) {
    const { writes } = await executor.importBlock(block.rlp)
    chain.append(toL2Block(block), writes)
  }
  const { latest } = chain.heads()
  chain.setHeads({ safe: latest, finalized: latest })

  const base = rollupConfig({})
  const l2 = { ...base.l2, chainId: BigInt(genesis.config.chainId), minBaseFee: 0n, blockGasLimit: 200_000_000n }
  const config = { ...base, l2 }
  const blockHash = (number: bigint) => chain.headerByNumber(number)?.hash
  const nothing = undefined
  return {
    chain,
    simulator: createSimulator({ config: l2, state: chain, blockHash }),
    scans: chainScans(chain, l2),
    config,
    status: () => ({
      l1: { head: nothing, safe: nothing, finalized: nothing, current: nothing },
      heads: chain.heads(),
      syncing: nothing,
      sequencer: { connected: true },
      lastAsserted: nothing,
      lastConfirmed: nothing,
    }),
    onEvent: () => () => {},
  }
}

type L1CommonOptions = Parameters<typeof createL1Common>[0]

interface GethGenesis {
  readonly alloc: Readonly<Record<string, { balance?: Hex; nonce?: Hex; code?: Hex; storage?: Record<Hex, Hex> }>>
  readonly config: {
    readonly chainId: number
    readonly blobSchedule: Readonly<Record<string, { readonly target: number; readonly max: number }>>
  }
  readonly gasLimit: Hex
  readonly timestamp: Hex
  readonly difficulty: Hex
  readonly extraData: Hex
  readonly nonce: Hex
  readonly mixHash: Hex
  readonly coinbase: Hex
}

/** @ethereumjs/common reads a blob schedule under one pair of names and, from BPO1 on, looks it up under another. */
function nameBlobTargets(chain: L1CommonOptions['chain'], genesis: GethGenesis): void {
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

function genesisAsL2(rlp: Uint8Array) {
  const [header] = RLP.decode(rlp) as Uint8Array[]
  const headerRlp = RLP.encode(header!)
  const hash = keccak256Hex(headerRlp)
  return { hash, header: decodeHeader(headerRlp), transactions: [], receipts: [], skipped: [] }
}

function toAllocation(alloc: GethGenesis['alloc']): Record<Address, GenesisAccount> {
  const entries = Object.entries(alloc).map(([key, account]): [Address, GenesisAccount] => {
    const { balance = '0x0', nonce = '0x0', code, storage = {} } = account
    const slots = Object.entries(storage).map(([slot, value]) => [word(slot), word(value)])
    const common = {
      balance: BigInt(balance),
      nonce: BigInt(nonce),
      storage: Object.fromEntries(slots) as Record<Hash, Hash>,
    }
    return [
      `0x${key.replace(/^0x/, '').toLowerCase()}`,
      code === undefined || code === '0x' ? common : { ...common, code },
    ]
  })
  return Object.fromEntries(entries)
}

function word(value: string): Hash {
  return bytesToHex(Buffer.from(value.slice(2).padStart(64, '0'), 'hex'))
}
