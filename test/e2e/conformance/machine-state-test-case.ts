import { allocationState } from '@crema/execution'
import { executeTransaction, l1Rules, type MachineLog, type TransactionContext } from '@crema/machine'
import {
  bigIntToBytes,
  bytesToHex,
  decodeTransaction,
  encodeRlp,
  type Hash,
  hexToBytes,
  keccak256Hex,
} from '@crema/protocol'
import { toAllocation } from './fixture-state.ts'
import { blobBaseFee } from './machine-blob-base-fee.ts'
import { createMemoryStore } from './memory-store.ts'
import type { StateTest, StateTestPost } from './state-test-case.ts'

/**
 * Runs one case on the step machine under rule set `l1`. Throws unless a valid transaction leads to the stated root and logs, and an invalid one is
 * skipped and leaves the root, and every micro-op was paid for with a gas. Returns the micro-ops, or why the case does not apply.
 */
export async function runMachineStateTestCase(
  test: StateTest,
  post: StateTestPost,
  fork: 'prague' | 'osaka',
): Promise<number | string> {
  const raw = hexToBytes(post.txbytes)
  if (gasLimitOf(raw) > Number.MAX_SAFE_INTEGER) return hugeGas
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const rules = l1Rules(BigInt(test.config?.chainid ?? '0x1'), fork)
  const context = { rules, state: store, stateRoot: root, block: blockOf(test.env) }
  const result = executeTransaction(context, raw)
  if (post.expectException !== undefined) {
    if (result.skip === undefined) throw new Error(`executed, but invalid: ${post.expectException}`)
  } else if (result.skip !== undefined) {
    throw new Error(`skipped: ${result.skip.reason}, ${result.skip.detail}`)
  }
  // What the refund took back was paid for: it is at most a fifth.
  if (result.steps > Math.ceil((result.gasUsed * 5) / 4) && result.skip === undefined) {
    throw new Error(`${result.steps} micro-ops for ${result.gasUsed} gas`)
  }
  expectEqual('logs', logsHash(result.logs), post.logs)
  expectEqual('state root', bytesToHex(result.stateRoot), post.hash)
  return result.steps
}

/** Why such cases do not apply: no transaction from Osaka on may have more than 2^24. */
export const hugeGas = 'cases with a gas limit above 2^53 (Prague)'

/** 0 for what is no transaction of the decoder's types. */
export function gasLimitOf(raw: Uint8Array): bigint {
  try {
    return decodeTransaction(raw).gasLimit
  } catch {
    return 0n
  }
}

/** The environment of a case as the machine's block. */
export function blockOf(env: StateTest['env']): TransactionContext['block'] {
  const quantity = (name: string): bigint => BigInt(env[name] ?? '0x0')
  return {
    number: quantity('currentNumber'),
    timestamp: quantity('currentTimestamp'),
    coinbase: quantity('currentCoinbase'),
    gasLimit: quantity('currentGasLimit'),
    baseFee: quantity('currentBaseFee'),
    prevRandao: quantity('currentRandom'),
    blobBaseFee: blobBaseFee(quantity('currentExcessBlobGas')),
  }
}

/** keccak256(rlp(logs)). */
export function logsHash(logs: readonly MachineLog[]): Hash {
  const word = (value: bigint): Uint8Array => bigIntToBytes(value, 32)
  return keccak256Hex(
    encodeRlp(logs.map(({ address, topics, data }) => [bigIntToBytes(address, 20), topics.map(word), data])),
  )
}

function expectEqual(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what} is ${actual}, expected ${expected}`)
}
