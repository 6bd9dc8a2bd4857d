import { deepStrictEqual } from 'node:assert'
import { createGenesis } from '@crema/execution'
import { getAccount, l1Rules, openTrie } from '@crema/machine'
import {
  type Address,
  bigIntToBytes,
  bytesToHex,
  type GenesisAccount,
  type Hex,
  hexToBytes,
  predeploys,
} from '@crema/protocol'
import { createMachine } from '../../../../shared/machine/src/run/create-machine.ts'
import { runEntry } from '../../../../shared/machine/src/run/segments.ts'
import { takeWrites } from '../../../../shared/machine/src/run/take-writes.ts'
import type { Machine } from '../../../../shared/machine/src/state/machine.ts'
import { makeAlloc, wallets } from '../../../../shared/machine/test/block/random-block.ts'
import { address, config, memoryStore } from '../../../../shared/machine/test/block/support.ts'
import { randomSource } from '../../../../shared/machine/test/trie/support.ts'
import type { Rpc } from '../step-proofs/rpc.ts'
import type { ReportBuilder } from '../suite.ts'
import { compareAccounts } from './compare-accounts.ts'
import { baseFee, connectPlainChain, type PlainBlock, type PlainReceipt, send, setAccounts } from './plain-chain.ts'
import { randomEntry } from './random-entries.ts'

const TRANSACTIONS = 10
/** anvil writes to them at each block. */
const systems = new Set<Address>([predeploys.historyStorage, predeploys.beaconRoots])
const precompiles = Array.from({ length: 17 }, (_, i) => address(i + 1))

/** Before a block is known: what a transaction is skipped for does not depend on the rest. */
const guess: PlainBlock = {
  number: '0x1',
  timestamp: '0x1',
  gasLimit: '0x1c9c380',
  baseFeePerGas: `0x${baseFee.toString(16)}`,
  mixHash: `0x${'00'.repeat(32)}`,
  miner: address(0),
}

/** The machine's side: its state between transactions. */
interface Side {
  readonly store: ReturnType<typeof memoryStore>
  stateRoot: Uint8Array
}

/** Random transactions on the machine under Ethereum's rules and on anvil (revm): status, gas, logs, and what accounts hold afterwards are equal. */
export async function fuzzPlain(seed: number, builder: ReportBuilder): Promise<void> {
  const random = randomSource(seed ^ 0xa11)
  const rpc = connectPlainChain()
  const alloc = makeAlloc(random)
  const { header, writes } = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee, alloc }, config)
  const side: Side = { store: memoryStore(), stateRoot: hexToBytes(header.stateRoot) }
  side.store.add(writes)
  const snapshot = await rpc.call<Hex>('evm_snapshot', [])
  try {
    await setAccounts(rpc, alloc)
    for (let i = 0; i < TRANSACTIONS; i++) {
      await runBoth(rpc, side, alloc, randomEntry(random, currentNonces(side)), builder)
    }
  } finally {
    await rpc.call('evm_revert', [snapshot])
  }
}

/** Nonces of the wallets in the machine's state. */
function currentNonces({ store, stateRoot }: Side): bigint[] {
  const state = openTrie(stateRoot)
  return wallets.map((each) => getAccount(store, state, hexToBytes(each.address))?.nonce ?? 0n)
}

async function runBoth(
  rpc: Rpc,
  side: Side,
  alloc: Readonly<Record<Address, GenesisAccount>>,
  raw: Uint8Array,
  builder: ReportBuilder,
): Promise<void> {
  // anvil keeps what may become valid: only what the machine executes is sent.
  if (run(side, guess, raw).body.skipped.length > 0) return builder.pass('transactions skipped beside anvil')
  const sent = await send(rpc, bytesToHex(raw))
  if (typeof sent === 'string') throw new Error(`anvil refuses what the machine executes: ${sent}`)
  const { block, receipt } = sent
  const m = run(side, block, raw)
  deepStrictEqual(outcomeOf(m), outcomeOn(receipt), 'status, gas or logs differ from anvil')
  const accounts = [
    ...Object.keys(alloc),
    ...precompiles,
    block.miner,
    receipt.contractAddress ?? address(0),
  ] as Address[]
  await compareAccounts(
    rpc,
    m,
    accounts.filter((at) => !systems.has(at)),
  )
  const written = takeWrites(m)
  side.store.add(written)
  side.stateRoot = written.root
  builder.pass(m.t.success ? 'transactions equal to anvil, successful' : 'transactions equal to anvil, failing')
}

function run({ store, stateRoot }: Side, block: PlainBlock, raw: Uint8Array): Machine {
  const m = createMachine(l1Rules(config.chainId, 'osaka'), store, stateRoot)
  Object.assign(m.b, {
    number: BigInt(block.number),
    timestamp: BigInt(block.timestamp),
    coinbase: BigInt(block.miner),
    gasLimit: BigInt(block.gasLimit),
    baseFee: BigInt(block.baseFeePerGas),
    prevRandao: BigInt(block.mixHash),
    blobBaseFee: 1n,
  })
  runEntry(m, { index: 0, bytes: raw })
  return m
}

interface Outcome {
  readonly success: boolean
  readonly gas: bigint
  readonly logs: readonly { readonly at: Hex; readonly topics: readonly Hex[]; readonly data: Hex }[]
}

function outcomeOf({ t }: Machine): Outcome {
  const word = (value: bigint): Hex => bytesToHex(bigIntToBytes(value, 32))
  const logs = t.logs.map((log) => ({
    at: bytesToHex(bigIntToBytes(log.address, 20)),
    topics: log.topics.map(word),
    data: bytesToHex(log.data),
  }))
  return { success: t.success, gas: BigInt(t.gasUsed), logs }
}

function outcomeOn({ status, gasUsed, logs }: PlainReceipt): Outcome {
  return {
    success: status === '0x1',
    gas: BigInt(gasUsed),
    logs: logs.map((log) => ({ at: log.address.toLowerCase() as Hex, topics: log.topics, data: log.data })),
  }
}
