import { bytesToHex, hexToBytes, stateHash } from '@crema/protocol'
import { createCommitter } from '../../../../shared/machine/src/commit/committer.ts'
import { proveStep } from '../../../../shared/machine/src/prove/prove-step.ts'
import { endBlock } from '../../../../shared/machine/src/run/end-block.ts'
import type { ProvableBlock } from '../../../../shared/machine/src/run/provable-block.ts'
import { createProvingMachine } from '../../../../shared/machine/src/run/proving-machine.ts'
import { takeWrites } from '../../../../shared/machine/src/run/take-writes.ts'
import { status } from '../../../../shared/machine/src/state/machine.ts'
import type { ProvenChain } from '../../../../shared/machine/test/prove/support.ts'
import type { StepRecord } from '../step-proofs/check-batch.ts'
import { encodeVerify } from '../step-proofs/encode-verify.ts'
import { dueName } from './names.ts'
import { inboxRootOf } from './scene.ts'

/**
 * Every step of a block, from its parent's BlockState to its own. Throws where a step does not begin at the state in which the one before ended, or the
 * last does not end at the hash of the BlockState that {@link endBlock} makes. The chain goes on to that state.
 */
export function proveBlock(name: string, chain: ProvenChain, block: ProvableBlock): StepRecord[] {
  const { machine: m, nextSegment } = createProvingMachine(block, chain.store)
  const committer = createCommitter()
  const { startInboxCount, targetCount } = block.assertion
  const given = {
    startInboxCount,
    targetCount,
    inboxRoot: hexToBytes(inboxRootOf(block)),
    block: Number(block.before.inboxCount - startInboxCount),
  }
  const records: StepRecord[] = []
  let state: string = stateHash(block.before)
  let segment = 0
  do {
    for (let step = 0; m.status === status.running; step++) {
      const op = dueName(m)
      const { proof, before, after } = proveStep(m, committer)
      if (bytesToHex(before) !== state)
        throw new Error(`${name}: segment ${segment} step ${step} does not begin where the one before ended`)
      state = bytesToHex(after)
      records.push({
        name: `${name}, segment ${segment} step ${step}`,
        op,
        data: encodeVerify({ ...given, before, segment, step }, proof),
        after,
      })
    }
    segment++
  } while (nextSegment())
  const next = endBlock(block.before, m.sealed!, block.assertion)
  if (stateHash(next) !== state) throw new Error(`${name}: the last step does not end at the block's state`)
  chain.store.add(takeWrites(m))
  chain.before = next
  chain.head = m.sealed!
  return records
}
