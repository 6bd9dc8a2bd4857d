/** Prints what tracing full blocks takes, and any request to a trace: node shared/machine/test/bench/trace-hashing.ts [name of one workload] */
import { createWorkloads, loopWorkload, type Workload } from '../../../../test/e2e/bench/execution-workloads.ts'
import { type AssertionTrace, buildTrace, createMemoryTraceStore, proveAt } from '../../src/index.ts'
import { createTracedChain, type TracedChain } from '../trace/chain.ts'

const blockGas = 30e6

type Work = Pick<Workload, 'name' | 'alloc' | 'block'> & {
  /** Gas of one transaction, to fill blocks with. */
  readonly each: number
}

function workloads(): Work[] {
  const ordinary: Readonly<Record<string, number>> = { 'ETH transfers': 21_000, 'ERC-20 transfers': 35_000 }
  const filled = createWorkloads().filter(({ name }) => name in ordinary)
  const loops: readonly (readonly [string, `0x${string}`])[] = [
    ['arithmetic loop', '0x60015b8060030260070190600590041860025600'],
    ['SSTORE of fresh slots', '0x4360401b5b6001018080555a61ea601060045700'],
    ['KECCAK256 of 64 bytes', '0x5b60405f205f525f56'],
    // Changes 17 words of the stack at 3 gas: the dearest step for its gas that is known.
    ['SWAP16', `0x${'5f'.repeat(17)}5b${'9f'.repeat(40)}61001156`],
    // A step for every gas.
    ['JUMPDEST', `0x${'5b'.repeat(24_000)}5f56`],
    // MSTORE to one fresh word after the other.
    ['MSTORE of fresh words', '0x5f5b600101806201ffff1660051b8052600156'],
  ]
  return [
    ...filled.map((work) => ({ ...work, each: ordinary[work.name]! })),
    ...loops.map(([name, code]) => ({ ...loopWorkload(name, code), each: 15e6 })),
  ]
}

/** Seconds of processor time so far. */
function clock(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** One block of 30 Mgas at most, executed in fast mode. */
async function fullBlock({ alloc, block, each }: Work): Promise<TracedChain> {
  const count = Math.floor(blockGas / each)
  const entries: Uint8Array[] = []
  for (let round = 0; entries.length < count; round++) entries.push(...block(round))
  return createTracedChain(alloc, [{ entries: entries.slice(0, count), deposits: [] }])
}

/** The longest of the requests for the first, a middle and the last micro-op of the longest segment, and of their proofs. */
function slowestRequest(chain: TracedChain, trace: AssertionTrace): { readonly node: number; readonly proof: number } {
  const segments = chain.steps[0]!
  const x = segments.reduce((longest, steps, at) => (steps > segments[longest]! ? at : longest), 0)
  const steps = segments[x]!
  let node = 0
  let proof = 0
  for (const i of [0, steps >> 1, steps - 1]) {
    let start = clock()
    trace.children(44, Math.floor((x * 2 ** 24 + i) / 16))
    trace.stateBefore(0, x, i)
    node = Math.max(node, clock() - start)
    start = clock()
    const { after } = proveAt(chain.blocks[0]!, chain.store, x, i)
    proof = Math.max(proof, clock() - start)
    if (Buffer.compare(after, trace.stateAfter(0, x, i)) !== 0) throw new Error('a proof ends in another state')
  }
  return { node, proof }
}

for (const work of workloads()) {
  if (process.argv[2] !== undefined && process.argv[2] !== work.name) continue
  const chain = await fullBlock(work)
  const gas = Number(chain.end.gasSinceAssertionStart)
  let heap = 0
  const onProgress = (): void => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    heap = Math.max(heap, heapUsed + arrayBuffers)
  }
  const start = clock()
  const trace = await buildTrace({ source: chain.source, store: createMemoryTraceStore(), onProgress })
  const seconds = clock() - start
  const steps = chain.steps.flat().reduce((sum, count) => sum + count, 0)
  const { node, proof } = slowestRequest(chain, trace)
  console.log(
    [
      `${work.name}: ${(gas / 1e6).toFixed(1)} Mgas, ${steps} steps in ${seconds.toFixed(2)} s`,
      `${((1e6 * seconds) / steps).toFixed(2)} µs a step, ${Math.round(steps / seconds)} steps/s`,
      `${((seconds * blockGas) / gas).toFixed(1)} s for 30 Mgas`,
      `nodes ${node.toFixed(2)} s, proof ${proof.toFixed(2)} s at most`,
      `${Math.round(heap / 2 ** 20)} MiB`,
    ].join('; '),
  )
}
