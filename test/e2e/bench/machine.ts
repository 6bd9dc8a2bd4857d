// Speed of the step machine's fast mode beside @ethereumjs/vm with the same keccak256 and secp256k1 and its caches, on the same transactions.
import { pathToFileURL } from 'node:url'
import { createGenesis, createL2Common } from '@crema/execution'
import { createMachineExecutor, MAX_STEPS } from '@crema/machine'
import { encodePayload, hexToBytes, type L2ChainConfig } from '@crema/protocol'
import { createBlock } from '@ethereumjs/block'
import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common'
import { Caches, MerkleStateManager } from '@ethereumjs/statemanager'
import { createTxFromRLP } from '@ethereumjs/tx'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { createVM, runBlock } from '@ethereumjs/vm'
import { createMemoryStore } from '../conformance/memory-store.ts'
import { threadSeconds } from './execution-clock.ts'
import { benchChainId, createWorkloads, loopWorkload, type Workload } from './execution-workloads.ts'
import { benchStateTests } from './machine-cases.ts'
import { benchTrace } from './machine-trace.ts'
import { type Row, row } from './row.ts'

const ROUNDS = 5

const config: L2ChainConfig = {
  chainId: benchChainId,
  blockGasLimit: 30_000_000n,
  minBaseFee: 1_000n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}

/** Gas of every block and processor time of each round. */
interface Measured {
  readonly gas: bigint
  readonly seconds: number[]
}

/** Measures every workload, best of the rounds. Bytes in, sealed block out: decoding, sender recovery and roots included. */
export async function benchMachine(): Promise<Row[]> {
  const targets: Readonly<Record<string, number>> = { 'ERC-20 transfers': 3, 'arithmetic loop': 8 }
  const shared = createWorkloads().map((each) => ({ ...each, target: targets[each.name] }))
  // Writes fresh slots while more than 60,000 gas are left.
  const sstore = loopWorkload('SSTORE of fresh slots', '0x4360401b5b6001018080555a61ea601060045700')
  // Hashes 64 bytes into the first of them until the gas is gone.
  const keccak = loopWorkload('KECCAK256 of 64 bytes', '0x5b60405f205f525f56')
  const workloads = [...shared, { ...sstore, target: 2 }, { ...keccak, target: 3 }]
  const rows: Row[] = []
  for (const workload of workloads) rows.push(await compare(workload))
  return [...rows, await benchStateTests(), ...(await benchTrace())]
}

async function compare(workload: Omit<Workload, 'target'> & { readonly target: number | undefined }): Promise<Row> {
  const own = await measureMachine(workload)
  const peer = await measureEthereumjs(workload)
  if (own.gas !== peer.gas) throw new Error(`${workload.name}: ${own.gas} gas on the machine, ${peer.gas} on the peer`)
  const amount = workload.unit === 'tx/s' ? workload.amount : Number(own.gas) / 1e6
  const rate = ({ seconds }: Measured): number => amount / Math.min(...seconds)
  return row(
    `machine: ${workload.name} (peer: @ethereumjs/vm, same crypto)`,
    workload.unit,
    rate(own),
    rate(peer),
    workload.target,
  )
}

async function measureMachine(workload: Pick<Workload, 'alloc' | 'block'>): Promise<Measured> {
  const store = createMemoryStore()
  const genesis = await createGenesis({ number: 0n, timestamp: 1n, baseFee: 1_000n, alloc: workload.alloc }, config)
  store.add(genesis.writes)
  const executor = createMachineExecutor({ config, state: store, portal: `0x${'00'.repeat(20)}` })
  const zero = `0x${'00'.repeat(32)}` as const
  const origin = { number: 1n, hash: zero, timestamp: 1n, baseFee: 1n }
  const seconds: number[] = []
  let gas = 0n
  let parent = genesis.header
  for (let round = 0; round < ROUNDS; round++) {
    const raws = workload.block(round)
    const payload = encodePayload(raws)
    const number = parent.number + 1n
    const input = { number, timestamp: BigInt(round + 2), prevRandao: zero, origin, deposits: [], payload }
    const started = threadSeconds()
    const { block, writes, steps } = executor.executeBlock(parent, input)
    seconds.push(threadSeconds() - started)
    if (block.receipts.length !== raws.length) throw new Error('the machine skipped transactions')
    if (Math.max(...steps) >= MAX_STEPS) throw new Error('a transaction has more micro-ops than a trace has room for')
    store.add(writes)
    gas = block.header.gasUsed
    parent = { ...block.header, hash: block.hash }
  }
  return { gas, seconds }
}

async function measureEthereumjs(workload: Pick<Workload, 'alloc' | 'block'>): Promise<Measured> {
  const { customCrypto } = createL2Common(config)
  const common = createCustomCommon({ chainId: Number(benchChainId) }, Mainnet, {
    hardfork: Hardfork.Osaka,
    customCrypto,
  })
  const stateManager = new MerkleStateManager({ common, caches: new Caches() })
  const vm = await createVM({ common, stateManager })
  for (const [hex, { balance = 0n, nonce = 0n, code, storage = {} }] of Object.entries(workload.alloc)) {
    const address = createAddressFromString(hex)
    await stateManager.putAccount(address, new Account(nonce, balance))
    if (code !== undefined) await stateManager.putCode(address, hexToBytes(code))
    for (const [slot, value] of Object.entries(storage)) {
      await stateManager.putStorage(address, hexToBytes(slot as `0x${string}`), hexToBytes(value))
    }
  }
  const seconds: number[] = []
  let gas = 0n
  for (let round = 0; round < ROUNDS; round++) {
    const raws = workload.block(round)
    const started = threadSeconds()
    const transactions = raws.map((raw) => createTxFromRLP(raw, { common }))
    const number = BigInt(round + 1)
    const header = { number, gasLimit: 30_000_000n, baseFeePerGas: 1_000n, timestamp: number }
    const block = createBlock({ header, transactions }, { common, skipConsensusFormatValidation: true })
    const result = await runBlock(vm, { block, generate: true, skipBlockValidation: true, skipHeaderValidation: true })
    seconds.push(threadSeconds() - started)
    if (result.receipts.length !== raws.length) throw new Error('the peer skipped transactions')
    gas = result.gasUsed
  }
  return { gas, seconds }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, value, unit, peer, ratio, target } of await benchMachine()) {
    console.log(
      `${name}: ${value.toFixed(1)} ${unit} against ${peer.toFixed(1)}, ratio ${ratio.toFixed(2)}, target ${target ?? 'none'}`,
    )
  }
}
