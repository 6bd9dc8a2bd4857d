import { allocationState } from '@crema/execution'
import { l2Rules, type MicroOp, microOp, proveTransaction } from '@crema/machine'
import { bytesEqual, bytesToHex, hexToBytes, predeploys } from '@crema/protocol'
import { toAllocation } from '../fixture-state.ts'
import { blockOf, gasLimitOf, hugeGas } from '../machine-state-test-case.ts'
import { createMemoryStore } from '../memory-store.ts'
import type { StateTest, StateTestPost } from '../state-test-case.ts'
import type { StepRecord } from './check-batch.ts'
import { encodeVerify } from './encode-verify.ts'

const inboxRoot = new Uint8Array(32)
const names = new Map(Object.entries(microOp).map(([name, op]) => [op as MicroOp, name]))

/** What came of a case. */
export interface ProvenCase {
  readonly steps: number
  /** Whether the last step was proven, and not only the first `limit`. */
  readonly whole: boolean
}

/**
 * Runs a state test under rule set `l2` and proves its steps, at most `limit` of them; each goes to `onRecord`, which may hold the proving up. Throws when a step does not begin where the one before ended.
 * Returns why the case does not apply, if so.
 */
export async function proveStateTestCase(
  name: string,
  test: StateTest,
  post: StateTestPost,
  limit: number,
  onRecord: (record: StepRecord) => Promise<void> | void,
): Promise<ProvenCase | string> {
  const raw = hexToBytes(post.txbytes)
  if (gasLimitOf(raw) > Number.MAX_SAFE_INTEGER) return hugeGas
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const block = { ...blockOf(test.env), coinbase: BigInt(predeploys.sequencerFeeVault), blobBaseFee: 1n }
  const rules = l2Rules(BigInt(test.config?.chainid ?? '0x1'))
  let steps = 0
  let last: Uint8Array | undefined
  for (const { proof, before, after, op, opcode } of proveTransaction(
    { rules, state: store, stateRoot: root, block },
    raw,
  )) {
    if (last !== undefined && !bytesEqual(last, before)) {
      throw new Error(`step ${steps} begins at ${bytesToHex(before)}, the one before ended at ${bytesToHex(last)}`)
    }
    last = after
    const given = { startInboxCount: 0n, targetCount: 1n, inboxRoot, before, block: 0, segment: 1, step: steps }
    const label = opcode === undefined ? names.get(op)! : `0x${opcode.toString(16).padStart(2, '0')}`
    const waiting = onRecord({ name: `${name} step ${steps}`, op: label, data: encodeVerify(given, proof), after })
    if (waiting !== undefined) await waiting
    steps++
    if (steps === limit) return { steps, whole: false }
  }
  return { steps, whole: true }
}
