// Ethereum's state tests on the step machine beside @ethereumjs/vm: decoding to root, states made before the clock runs.
import { readFile } from 'node:fs/promises'
import { allocationState, createL1Common, scheduleForks } from '@crema/execution'
import { executeTransaction, l1Rules } from '@crema/machine'
import { bytesToHex, type Hex, hexToBytes } from '@crema/protocol'
import { createBlock } from '@ethereumjs/block'
import type { Common } from '@ethereumjs/common'
import { Caches, MerkleStateManager } from '@ethereumjs/statemanager'
import { createTxFromRLP } from '@ethereumjs/tx'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { createVM, runTx, type VM } from '@ethereumjs/vm'
import { toAllocation } from '../conformance/fixture-state.ts'
import { blockOf, gasLimitOf } from '../conformance/machine-state-test-case.ts'
import { machineStateTests } from '../conformance/machine-state-tests.ts'
import { createMemoryStore } from '../conformance/memory-store.ts'
import type { StateTest, StateTestFile, StateTestPost } from '../conformance/state-test-case.ts'
import { threadSeconds } from './execution-clock.ts'
import { type Row, row } from './row.ts'

/** One file of the corpus in so many, and cases of a file. */
const FILE_STEP = 16
const CASES = 12
const LFS = 'version https://git-lfs'

interface Times {
  cases: number
  own: number
  peer: number
}

/** Cases a second on a sample of the corpus. Throws unless both come to the root that the test states in nearly all of them. */
export async function benchStateTests(): Promise<Row> {
  const times: Times = { cases: 0, own: 0, peer: 0 }
  let unequal = 0
  for (const file of (await machineStateTests.tasks()).filter((_, i) => i % FILE_STEP === 0)) {
    const text = await readFile(file, 'utf8')
    if (text.startsWith(LFS)) continue
    const tests = Object.values(JSON.parse(text) as StateTestFile)
    for (const test of tests.filter(({ post }) => post.Osaka !== undefined).slice(0, CASES)) {
      const post = test.post.Osaka![0]!
      if (applies(post) && !(await measure(test, post, times))) unequal++
    }
  }
  if (times.cases === 0 || unequal > times.cases / 50) {
    throw new Error(`@ethereumjs/vm comes to another root in ${unequal} of ${times.cases + unequal} state tests`)
  }
  const name = `machine: ${times.cases} of the Osaka state tests, every ${FILE_STEP}th file (peer: @ethereumjs/vm, same crypto)`
  return row(name, 'cases/s', times.cases / times.own, times.cases / times.peer)
}

/** Valid transactions of the types that both know, with a gas limit that the machine takes. */
function applies({ txbytes, expectException }: StateTestPost): boolean {
  const raw = hexToBytes(txbytes)
  return expectException === undefined && raw[0] !== 3 && gasLimitOf(raw) <= Number.MAX_SAFE_INTEGER
}

/** False, and no time taken, where the peer comes to another root. */
async function measure(test: StateTest, post: StateTestPost, times: Times): Promise<boolean> {
  const raw = hexToBytes(post.txbytes)
  const chainId = BigInt(test.config?.chainid ?? '0x1')
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const context = { rules: l1Rules(chainId, 'osaka'), state: store, stateRoot: root, block: blockOf(test.env) }
  let started = threadSeconds()
  const own = executeTransaction(context, raw)
  const ownSeconds = threadSeconds() - started
  if (bytesToHex(own.stateRoot) !== post.hash) throw new Error('the machine comes to another root')
  const common = createL1Common({ chain: scheduleForks(chainId, 'osaka'), hardfork: 'osaka' })
  const vm = await createPeer(test, common)
  const block = createBlock({ header: headerOf(test) }, { common, skipConsensusFormatValidation: true })
  started = threadSeconds()
  try {
    await runTx(vm, { tx: createTxFromRLP(raw, { common }), block })
  } catch {
    return false
  }
  const peerRoot = await vm.stateManager.getStateRoot()
  const peerSeconds = threadSeconds() - started
  if (bytesToHex(peerRoot) !== post.hash) return false
  times.cases++
  times.own += ownSeconds
  times.peer += peerSeconds
  return true
}

async function createPeer(test: StateTest, common: Common): Promise<VM> {
  const stateManager = new MerkleStateManager({ common, caches: new Caches() })
  for (const [hex, { balance = 0n, nonce = 0n, code, storage = {} }] of Object.entries(toAllocation(test.pre))) {
    const address = createAddressFromString(hex)
    await stateManager.putAccount(address, new Account(nonce, balance))
    if (code !== undefined) await stateManager.putCode(address, hexToBytes(code))
    for (const [slot, value] of Object.entries(storage)) {
      const bytes = hexToBytes(value)
      const first = bytes.findIndex((byte) => byte !== 0)
      if (first >= 0) await stateManager.putStorage(address, hexToBytes(slot as Hex), bytes.subarray(first))
    }
  }
  await stateManager.flush()
  return createVM({ common, stateManager })
}

function headerOf({ env }: StateTest) {
  const quantity = (name: string): Hex => env[name] ?? '0x0'
  return {
    number: quantity('currentNumber'),
    timestamp: quantity('currentTimestamp'),
    coinbase: quantity('currentCoinbase'),
    gasLimit: quantity('currentGasLimit'),
    baseFeePerGas: quantity('currentBaseFee'),
    mixHash: hexToBytes(`0x${quantity('currentRandom').slice(2).padStart(64, '0')}`),
    excessBlobGas: quantity('currentExcessBlobGas'),
  }
}
