import { hexToBytes } from '@crema/protocol'
import type { StepRecord } from '../../../../test/e2e/conformance/step-proofs/check-batch.ts'
import { encodeVerify } from '../../../../test/e2e/conformance/step-proofs/encode-verify.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine } from '../../src/commit/machine-hash.ts'
import { endBlock, microOp } from '../../src/index.ts'
import { proveIdle, proveStep } from '../../src/prove/prove-step.ts'
import type { ProvableBlock } from '../../src/run/provable-block.ts'
import { createProvingMachine } from '../../src/run/proving-machine.ts'
import { takeWrites } from '../../src/run/take-writes.ts'
import { status } from '../../src/state/machine.ts'
import { inboxOf, type ProvenChain } from './support.ts'

const names = new Map<number, string>(Object.entries(microOp).map(([name, op]) => [op, name]))

/** Runs and proves a block; behind each segment, a step that changes nothing. */
export function* proveBlock(chain: ProvenChain, block: ProvableBlock): Generator<StepRecord> {
  const { machine: m, nextSegment } = createProvingMachine(block, chain.store)
  const c = createCommitter()
  const inboxRoot = hexToBytes(inboxOf(block.before, block.leaf).root())
  const given = { startInboxCount: 3n, targetCount: 1_000n, inboxRoot, block: 0 }
  let segment = 0
  do {
    while (m.status === status.running) {
      const step = m.steps
      const { proof, before, after, op, opcode } = proveStep(m, c)
      const label = opcode === undefined ? names.get(op)! : `0x${opcode.toString(16)}`
      const data = encodeVerify({ ...given, before, segment, step }, proof)
      yield { name: `block ${block.before.number + 1n}, segment ${segment}, step ${step}`, op: label, data, after }
    }
    const before = commitMachine(c, m).slice()
    const data = encodeVerify({ ...given, before, segment, step: m.steps }, proveIdle(m, c))
    yield { name: `behind segment ${segment}`, op: 'idle', data, after: before }
    segment++
  } while (nextSegment())
  chain.before = endBlock(block.before, m.sealed!, block.assertion)
  chain.store.add(takeWrites(m))
  chain.head = m.sealed!
}
