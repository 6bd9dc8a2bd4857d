// Tracing of full blocks with a hash for every micro-op, and any proof in them afterwards.
import { type AssertionTrace, buildTrace, createMachineExecutor, createMemoryTraceStore, proveAt } from '@crema/machine'
import { config, portal } from '../../../shared/machine/test/block/support.ts'
import { createTracedChain, type TracedChain } from '../../../shared/machine/test/trace/chain.ts'
import { threadSeconds } from './execution-clock.ts'
import { createWorkloads, type Workload } from './execution-workloads.ts'
import { lessRow, type Row, row } from './row.ts'

/** Gas of a full block, and of one transaction of each ordinary workload. */
const BLOCK_GAS = 30e6
const gasOf: Readonly<Record<string, number>> = { 'ETH transfers': 21_000, 'ERC-20 transfers': 35_000 }
/** Goals: seconds of any proof, MiB while building. */
const PROOF_SECONDS = 1
const MEMORY = 1_024
const DRAWN = 8

/** Full blocks of transfers and of ERC-20 transfers. Memory and proofs have goals; the speed of hashing stands beside running the block without it. */
export async function benchTrace(): Promise<Row[]> {
  const rows: Row[] = []
  for (const work of createWorkloads()) if (work.name in gasOf) rows.push(...(await benchBlock(work)))
  return rows
}

async function benchBlock(work: Workload): Promise<Row[]> {
  const count = Math.floor(BLOCK_GAS / gasOf[work.name]!)
  const entries: Uint8Array[] = []
  for (let round = 0; entries.length < count; round++) entries.push(...work.block(round))
  const chain = await createTracedChain(work.alloc, [{ entries: entries.slice(0, count), deposits: [] }])
  const gas = Number(chain.end.gasSinceAssertionStart)
  const steps = chain.steps.flat().reduce((sum, each) => sum + each, 0)
  const fast = fastSeconds(chain)
  let peak = 0
  const onProgress = (): void => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    peak = Math.max(peak, (heapUsed + arrayBuffers) / 2 ** 20)
  }
  const started = threadSeconds()
  const trace = await buildTrace({ source: chain.source, store: createMemoryTraceStore(), onProgress })
  const seconds = threadSeconds() - started
  onProgress()
  const name = (what: string): string => `trace of ${steps} steps, ${work.name}: ${what}`
  return [
    row(name('hashed after each step (peer: fast mode)'), 'steps/s', steps / seconds, steps / fast),
    lessRow(name('30 Mgas (peer: fast mode)'), 's', (seconds * BLOCK_GAS) / gas, (fast * BLOCK_GAS) / gas),
    lessRow(name('memory at most (peer: goal)'), 'MiB', peak, MEMORY, 1),
    lessRow(name('any proof at most (peer: goal)'), 's', slowestProof(chain, trace), PROOF_SECONDS, 1),
  ]
}

/** The block without commitments. */
function fastSeconds({ blocks, store }: TracedChain): number {
  const { parent, leaf, payload, deposits, before } = blocks[0]!
  const { timestamp, prevRandao, originNumber, originHash, originTimestamp, originBaseFee } = leaf
  const origin = { number: originNumber, hash: originHash, timestamp: originTimestamp, baseFee: originBaseFee }
  const input = { number: before.number + 1n, timestamp, prevRandao, origin, deposits, payload }
  const started = threadSeconds()
  createMachineExecutor({ config, state: store, portal }).executeBlock(parent, input)
  return threadSeconds() - started
}

/** The longest that a proof takes with the state beside it: of the first steps, of the last ones and of some drawn ones. Throws if one ends in another state. */
function slowestProof(chain: TracedChain, trace: AssertionTrace): number {
  const segments = chain.steps[0]!
  const last = segments.length - 1
  let seed = 1
  const draw = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1
    return seed % below
  }
  const drawn = Array.from({ length: DRAWN }, () => draw(segments.length)).map((x) => [x, draw(segments[x]!)] as const)
  const places = [[0, 0], ...drawn, [last - 1, segments[last - 1]! - 1], [last, segments[last]! - 1]] as const
  let slowest = 0
  for (const [x, i] of places) {
    const started = threadSeconds()
    const { before, after } = proveAt(chain.blocks[0]!, chain.store, x, i)
    slowest = Math.max(slowest, threadSeconds() - started)
    const isRight = [
      [before, trace.stateBefore(0, x, i)],
      [after, trace.stateAfter(0, x, i)],
    ].every(([actual, expected]) => Buffer.compare(actual!, expected!) === 0)
    if (!isRight) throw new Error(`the proof of step ${i} of segment ${x} is of another state than the trace's`)
  }
  return slowest
}
