import { microOp, type StepProof } from '@crema/machine'
import { checkBatch, explainFailure, type StepRecord } from '../step-proofs/check-batch.ts'
import { encodeVerify, type VerifyArguments } from '../step-proofs/encode-verify.ts'
import type { DeployedVerifier } from '../step-proofs/verifier.ts'
import { opcodeName } from './opcode-names.ts'

const BASE = 21_000
/** A transaction's target is warm, a call's is not (EIP-2929): what the measuring contract pays beyond the transaction. */
const COLD_TARGET = 2_600
/** Gas for each zero byte of calldata and for each other, and the least for each of them today (EIP-7623) and to come (EIP-7976). */
const ZERO = 4
const OTHER = 16
const FLOOR_TODAY = 10
const FLOOR = 64

/** The L1 transaction that calls `verify` with a proof. */
export interface StepCost {
  /** 21,000 and the greater of calldata and execution, and 64 for each byte (EIP-7976). */
  readonly gas: number
  /** The same under today's floor: 10 for each zero byte and 40 for each other (EIP-7623). */
  readonly today: number
  /** Of calldata. */
  readonly bytes: number
}

const microOpNames = new Map(Object.entries(microOp).map(([name, op]) => [op as number, name]))

/** Name of what a step executes: the micro-op, or the instruction. */
export function stepName({ op, opcode }: Pick<StepProof, 'op' | 'opcode'>): string {
  return opcode === undefined ? microOpNames.get(op)! : opcodeName(opcode)
}

/** A step for {@link measureStep}. `where` is for people. */
export function recordOf(
  { proof, before, after, op, opcode }: StepProof,
  where: string,
  at: Partial<VerifyArguments> = {},
): StepRecord {
  const none = { startInboxCount: 0n, targetCount: 1n, inboxRoot: new Uint8Array(32), block: 0, segment: 1, step: 1 }
  return { name: where, op: stepName({ op, opcode }), data: encodeVerify({ ...none, ...at, before }, proof), after }
}

/** Executes a step on the contracts, by itself. Throws unless they return the state after it. */
export async function measureStep(
  deployed: Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch'>,
  record: StepRecord,
): Promise<StepCost> {
  const [result] = await checkBatch(deployed, [record])
  if (!result!.ok) throw new Error(`${record.op}, ${record.name}: ${await explainFailure(deployed, record)}`)
  return stepCost(record.data, result!.gas - COLD_TARGET)
}

function stepCost(data: Uint8Array, execution: number): StepCost {
  let zeros = 0
  for (const byte of data) if (byte === 0) zeros++
  const others = data.length - zeros
  const standard = ZERO * zeros + OTHER * others + execution
  return {
    gas: BASE + Math.max(standard, FLOOR * data.length),
    today: BASE + Math.max(standard, FLOOR_TODAY * (zeros + 4 * others)),
    bytes: data.length,
  }
}
