import { allocationState, createL1Common, executeTransaction, scheduleForks } from '@crema/execution'
import { bytesToHex, encodeRlp, type Hash, type Hex, hexToBytes, keccak256Hex, type Log, limits } from '@crema/protocol'
import { type FixtureState, toAllocation } from './fixture-state.ts'
import { createMemoryStore } from './memory-store.ts'

/** One expected result of a state test. */
export interface StateTestPost {
  readonly hash: Hash
  readonly logs: Hash
  readonly txbytes: Hex
  readonly expectException?: string
}

/** A test of the `state_test` format (execution-spec-tests). */
export interface StateTest {
  readonly env: Readonly<Record<string, Hex>>
  readonly pre: FixtureState
  readonly post: Readonly<Record<string, readonly StateTestPost[]>>
  readonly config?: { readonly chainid?: Hex }
}
export type StateTestFile = Readonly<Record<string, StateTest>>

/**
 * Runs one case. Throws unless a valid transaction leads to the stated root and logs and an invalid one is skipped. Returns why a case
 * does not apply to the L2, if so.
 */
export async function runStateTestCase(
  test: StateTest,
  post: StateTestPost,
  fork: string,
): Promise<string | undefined> {
  const raw = hexToBytes(post.txbytes)
  if (raw[0] === 3 && post.expectException === undefined) return 'cases with blob transactions'
  if (raw.length > limits.maxTransactionSize && post.expectException === undefined) {
    return `cases with transactions above ${limits.maxTransactionSize} bytes`
  }
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const chain = scheduleForks(BigInt(test.config?.chainid ?? '0x1'), fork.toLowerCase())
  const common = createL1Common({ chain, hardfork: fork.toLowerCase() })
  const result = await executeTransaction(
    { common, state: store, stateRoot: root, block: engineBlockOf(test.env) },
    raw,
  )
  if (post.expectException !== undefined) {
    if (result.skip === undefined) throw new Error(`executed, but invalid: ${post.expectException}`)
    return undefined
  }
  if (result.skip !== undefined) throw new Error(`skipped: ${result.skip}`)
  expectEqual('logs', engineLogsHash(result.logs), post.logs)
  expectEqual('state root', bytesToHex(result.stateRoot), post.hash)
  return undefined
}

/** The environment of a case as the execution engine's block. */
export function engineBlockOf(env: StateTest['env']): Parameters<typeof executeTransaction>[0]['block'] {
  const quantity = (name: string): bigint => BigInt(env[name] ?? '0x0')
  return {
    number: quantity('currentNumber'),
    timestamp: quantity('currentTimestamp'),
    coinbase: env.currentCoinbase!,
    gasLimit: quantity('currentGasLimit'),
    baseFeePerGas: quantity('currentBaseFee'),
    prevRandao: bytesToHex(hexToBytes(`0x${(env.currentRandom ?? '0x0').slice(2).padStart(64, '0')}`)),
    excessBlobGas: quantity('currentExcessBlobGas'),
  }
}

/** keccak256(rlp(logs)). */
export function engineLogsHash(logs: readonly Log[]): Hash {
  return keccak256Hex(
    encodeRlp(logs.map(({ address, topics, data }) => [hexToBytes(address), topics.map(hexToBytes), hexToBytes(data)])),
  )
}

function expectEqual(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what} is ${actual}, expected ${expected}`)
}
