import type { StepRecord } from '../step-proofs/check-batch.ts'
import type { DeployedVerifier } from '../step-proofs/verifier.ts'
import { measureStep, recordOf, type StepCost } from './measure.ts'
import { typicalSteps } from './typical.ts'
import { worstBlocks } from './worst-blocks.ts'
import { createWorstFrames } from './worst-frame.ts'
import { worstOpcodes } from './worst-opcodes.ts'
import { worstPrecompiles } from './worst-precompiles.ts'
import { worstSeal } from './worst-seal.ts'

type Verifier = Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch'>

/** Steps of one kind whose usual cost is the median of. */
const SAMPLE = 201

/** What a kind of step costs: medians, and the largest gas and bytes of any that was made to be dear. */
export interface StepCosts {
  readonly typical?: StepCost
  readonly worst: Pick<StepCost, 'gas' | 'bytes'>
}

/** Costs by the name of instruction or micro-op. */
export type Snapshot = Readonly<Record<string, StepCosts>>

/** Measures every instruction and micro-op, each step executed on the contracts. Throws when one is not what the machine makes of it. */
export async function measureAll(deployed: Verifier): Promise<Snapshot> {
  const worst = new Map<string, StepCost>()
  for await (const record of worstSteps()) {
    const cost = await measureStep(deployed, record)
    worst.set(record.op, maxCost(cost, worst.get(record.op)))
  }
  const usual = new Map<string, StepCost[]>()
  for await (const record of typicalSteps()) {
    const costs = usual.get(record.op) ?? []
    usual.set(record.op, costs)
    if (costs.length < SAMPLE) costs.push(await measureStep(deployed, record))
  }
  const costs: Record<string, StepCosts> = {}
  for (const op of new Set([...worst.keys(), ...usual.keys()])) {
    const known = usual.get(op) ?? []
    const { gas, bytes } = known.reduce(maxCost, worst.get(op) ?? known[0]!)
    const most = { gas, bytes }
    costs[op] = known.length === 0 ? { worst: most } : { typical: medianCost(known), worst: most }
  }
  return costs
}

async function* worstSteps(): AsyncGenerator<StepRecord> {
  const frames = await createWorstFrames()
  for (const [where, step] of worstOpcodes(frames)) yield recordOf(step, where)
  for (const [where, step] of worstPrecompiles(frames)) yield recordOf(step, where)
  for await (const [where, step, at] of worstBlocks()) yield recordOf(step, where, at)
  for await (const [where, step] of worstSeal()) yield recordOf(step, where)
}

function maxCost(a: StepCost, b: StepCost = a): StepCost {
  return {
    gas: Math.max(a.gas, b.gas),
    today: Math.max(a.today, b.today),
    bytes: Math.max(a.bytes, b.bytes),
  }
}

function medianCost(costs: readonly StepCost[]): StepCost {
  const median = (of: (cost: StepCost) => number): number =>
    costs.map(of).sort((a, b) => a - b)[Math.floor((costs.length - 1) / 2)]!
  return { gas: median(({ gas }) => gas), today: median(({ today }) => today), bytes: median(({ bytes }) => bytes) }
}
