import { checkBatch, type StepRecord, type StepResult } from '../step-proofs/check-batch.ts'
import type { DeployedVerifier } from '../step-proofs/verifier.ts'

/** Bytes of calldata and steps in one call. */
const BATCH_BYTES = 4_000_000
const BATCH_STEPS = 2_000

/** Executes any number of records on the verifier. */
export async function checkAll(
  verifier: Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch'>,
  records: readonly StepRecord[],
): Promise<StepResult[]> {
  const results: StepResult[] = []
  let batch: StepRecord[] = []
  let bytes = 0
  const flush = async (): Promise<void> => {
    if (batch.length > 0) results.push(...(await checkBatch(verifier, batch)))
    batch = []
    bytes = 0
  }
  for (const record of records) {
    batch.push(record)
    bytes += record.data.length
    if (bytes > BATCH_BYTES || batch.length === BATCH_STEPS) await flush()
  }
  await flush()
  return results
}
