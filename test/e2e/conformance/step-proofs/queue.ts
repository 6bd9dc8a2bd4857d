import type { ReportBuilder } from '../suite.ts'
import { checkBatch, explainFailure, type StepRecord } from './check-batch.ts'
import { recordCost } from './cost.ts'
import { connectVerifier } from './shared-verifier.ts'

/** Bytes of calldata and steps in one batch. */
const BATCH_BYTES = 4_000_000
const BATCH_STEPS = 2_000

/** Collects steps into batches; while the contracts execute one, the next is proven. */
export interface StepQueue {
  add(record: StepRecord): Promise<void> | void
  /** Waits until all that was added is checked. */
  flush(): Promise<void>
}

export function createQueue(builder: ReportBuilder): StepQueue {
  let batch: StepRecord[] = []
  let bytes = 0
  let checking: Promise<void> = Promise.resolve()

  async function send(): Promise<void> {
    await checking
    checking = checkSteps(batch, builder)
    batch = []
    bytes = 0
  }

  return {
    add(record) {
      batch.push(record)
      bytes += record.data.length
      if (bytes > BATCH_BYTES || batch.length === BATCH_STEPS) return send()
    },
    async flush() {
      await send()
      await checking
    },
  }
}

async function checkSteps(batch: readonly StepRecord[], builder: ReportBuilder): Promise<void> {
  if (batch.length === 0) return
  const verifier = connectVerifier()
  for (const { record, ok, gas } of await checkBatch(verifier, batch)) {
    if (!ok) {
      builder.fail('steps', `${record.op}: ${record.name}`, new Error(await explainFailure(verifier, record)))
      continue
    }
    builder.pass('steps')
    const { bytes, cost } = recordCost(record.data, gas)
    builder.measure('bytes of calldata of a step', bytes)
    builder.measure('gas of a step as a transaction, calldata at 64 a byte', cost)
    if (bytes > MAX_BYTES || cost > MAX_GAS) {
      builder.fail('limits', `${record.op}: ${record.name}`, new Error(`${bytes} bytes, ${cost} gas`))
    }
  }
}

/** What every proof's transaction keeps to (protocol: limits). */
const MAX_BYTES = 122_880
const MAX_GAS = 12_000_000
