import { hexToBytes } from '@crema/protocol'
import { proveStep } from '../../../../shared/machine/src/prove/prove-step.ts'
import type { ProvableBlock } from '../../../../shared/machine/src/run/provable-block.ts'
import { createProvingMachine } from '../../../../shared/machine/src/run/proving-machine.ts'
import { runToStep } from '../../../../shared/machine/src/run/step.ts'
import { status } from '../../../../shared/machine/src/state/machine.ts'
import { makeAlloc, makeDeposit, wallets } from '../../../../shared/machine/test/block/random-block.ts'
import type { Random } from '../../../../shared/machine/test/block/random-program.ts'
import { nextBlock, type ProvenChain } from '../../../../shared/machine/test/prove/support.ts'
import { randomSource } from '../../../../shared/machine/test/trie/support.ts'
import { checkAll } from '../coverage/batches.ts'
import { connectChainVerifier } from '../coverage/chain-verifier.ts'
import { dueName } from '../coverage/names.ts'
import { createScene, inboxRootOf } from '../coverage/scene.ts'
import { explainFailure, type StepRecord } from '../step-proofs/check-batch.ts'
import { encodeVerify } from '../step-proofs/encode-verify.ts'
import type { ReportBuilder } from '../suite.ts'
import { randomEntry } from './random-entries.ts'

/** Micro-ops between two that are proven, at most. */
const STRIDE = 6

/** A random block, a sample of whose steps is proven, each on its own, and executed on chain. */
export async function fuzzSteps(seed: number, builder: ReportBuilder): Promise<void> {
  const random = randomSource(seed ^ 0x5eed)
  const chain = await createScene(makeAlloc(random))
  const nonces = wallets.map(() => 0n)
  const entries = Array.from({ length: 1 + (random() % 5) }, () => randomEntry(random, nonces))
  const deposits = Array.from({ length: random() % 3 }, (_, i) => makeDeposit(random, i + 1))
  const records = proveSample(chain, nextBlock(chain, entries, deposits), random)
  const verifier = connectChainVerifier()
  for (const { record, ok } of await checkAll(verifier, records)) {
    if (!ok) throw new Error(`${record.op} ${record.name}: ${await explainFailure(verifier, record)}`)
    builder.pass('steps on chain')
  }
}

function proveSample(chain: ProvenChain, block: ProvableBlock, random: Random): StepRecord[] {
  const { machine: m, nextSegment } = createProvingMachine(block, chain.store)
  const { startInboxCount, targetCount } = block.assertion
  const given = { startInboxCount, targetCount, inboxRoot: hexToBytes(inboxRootOf(block)), block: 0 }
  const records: StepRecord[] = []
  let segment = 0
  do {
    for (let step = random() % STRIDE; runToStep(m, step) === step && m.status === status.running; ) {
      const op = dueName(m)
      const { proof, before, after } = proveStep(m)
      const name = `segment ${segment} step ${step}`
      records.push({ name, op, data: encodeVerify({ ...given, before, segment, step }, proof), after })
      step += 1 + (random() % STRIDE)
    }
    runToStep(m, Number.POSITIVE_INFINITY)
    segment++
  } while (nextSegment())
  return records
}
