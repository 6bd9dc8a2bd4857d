import { allocationState, createL1Common, executeTransaction as executeOnEngine, scheduleForks } from '@crema/execution'
import { executeTransaction, l1Rules } from '@crema/machine'
import { bytesToHex, hexToBytes, limits } from '@crema/protocol'
import { toAllocation } from './fixture-state.ts'
import { blockOf, logsHash } from './machine-state-test-case.ts'
import { createMemoryStore } from './memory-store.ts'
import { engineBlockOf, engineLogsHash, type StateTest, type StateTestPost } from './state-test-case.ts'

/**
 * Runs a transaction on the step machine and on the execution engine, both as Osaka without the rollup's limits of precompiles. Throws unless root,
 * logs, gas and whether it is skipped are equal. Returns the micro-ops, or why the case does not apply.
 */
export async function runBesideExecution(test: StateTest, post: StateTestPost): Promise<number | string> {
  const raw = hexToBytes(post.txbytes)
  // The engine has the rollup's decoder and limit of size.
  if (raw[0] === 3) return 'cases with blob transactions'
  if (raw.length > limits.maxTransactionSize) return `cases with transactions above ${limits.maxTransactionSize} bytes`
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const chainId = BigInt(test.config?.chainid ?? '0x1')
  const common = createL1Common({ chain: scheduleForks(chainId, 'osaka'), hardfork: 'osaka' })
  const engine = { common, state: store, stateRoot: root, block: engineBlockOf(test.env) }
  const expected = await executeOnEngine(engine, raw)
  const rules = l1Rules(chainId, 'osaka')
  const actual = executeTransaction({ rules, state: store, stateRoot: root, block: blockOf(test.env) }, raw)
  expectEqual('skip', actual.skip?.reason, expected.skip)
  expectEqual('gas', expected.skip === undefined ? BigInt(actual.gasUsed) : 0n, expected.gasUsed)
  expectEqual('logs', logsHash(actual.logs), engineLogsHash(expected.logs))
  expectEqual('state root', bytesToHex(actual.stateRoot), bytesToHex(expected.stateRoot))
  return actual.steps
}

function expectEqual<T>(what: string, actual: T, expected: T): void {
  if (actual !== expected) throw new Error(`${what} is ${actual} on the machine, ${expected} on the engine`)
}
