import { bytesToHex, hexToBytes, stateHash, type UnsignedTransaction } from '@crema/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine } from '../../src/commit/machine-hash.ts'
import { proveStep } from '../../src/prove/prove-step.ts'
import { createProvingMachine } from '../../src/run/proving-machine.ts'
import { runToStep } from '../../src/run/step.ts'
import type { AssertionTrace } from '../../src/trace/assertion-trace.ts'
import { buildTrace } from '../../src/trace/build-trace.ts'
import { createMemoryTraceStore } from '../../src/trace/trace-store.ts'
import { randomProgram } from '../block/random-program.ts'
import { address, config, deposit, ether, signed, wallet } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { type BlockContent, createTracedChain, type TracedChain } from './chain.ts'
import { walk } from './walk.ts'

/** Counts a slot up and hashes until 50,000 gas are left; then logs a word. */
const loop = '0x5b5f54600101805f5550' + '5f5f2050' + '61c3505a11' + '5f57' + '60205fa000'

async function makeChain(): Promise<TracedChain> {
  const random = randomSource(7)
  const owners = [1, 2].map(wallet)
  const programs = Array.from({ length: 4 }, (_, i) => address(0xc000 + i))
  const looping = address(0xd000)
  const alloc = Object.fromEntries([
    ...owners.map((owner) => [owner.address, { balance: 100n * ether }] as const),
    ...programs.map(
      (program) => [program, { nonce: 1n, balance: 3n, code: randomProgram(random, programs, 20) }] as const,
    ),
    [looping, { nonce: 1n, code: loop }] as const,
  ])
  const nonces = [0n, 0n]
  const send = (to: string, gasLimit: bigint): Uint8Array => {
    const from = random() % 2
    const fields = {
      chainId: config.chainId,
      nonce: nonces[from]!++,
      gasLimit,
      to,
      value: 1n,
      data: randomBytes(random, 40),
      accessList: [],
    }
    const transaction = { type: 2, ...fields, maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n } as UnsignedTransaction
    return signed(transaction, owners[from]!)
  }
  const contents: BlockContent[] = [
    {
      entries: [send(programs[0]!, 200_000n), randomBytes(random, 30), send(looping, 800_000n)],
      deposits: [deposit(3, { to: programs[1]!, value: 0n })],
    },
    { entries: [], deposits: [] },
    {
      entries: [send(programs[2]!, 100_000n), send(looping, 400_000n), send(programs[3]!, 100_000n)],
      deposits: [deposit(4, { mint: 5n, value: 2n }), deposit(5, {})],
    },
  ]
  return createTracedChain(alloc, contents)
}

describe('trace of the machine', () => {
  let chain: TracedChain
  let trace: AssertionTrace
  beforeAll(async () => {
    chain = await makeChain()
    trace = await buildTrace({ source: chain.source, store: createMemoryTraceStore() })
  })

  /** The state after micro-op i, by a machine that hashes nothing before it. */
  function stateAfter(b: number, x: number, i: number): Uint8Array {
    const { machine, nextSegment } = createProvingMachine(chain.blocks[b]!, chain.store)
    for (let at = 0; at < x; at++) {
      runToStep(machine, Number.POSITIVE_INFINITY)
      expect(nextSegment()).toBe(true)
    }
    runToStep(machine, i + 1)
    return commitMachine(createCommitter(), machine)
  }

  it('begins and ends with the BlockStates of the assertion', () => {
    expect(bytesToHex(trace.initialState)).toBe(stateHash(chain.blocks[0]!.before))
    expect(bytesToHex(trace.endState)).toBe(stateHash(chain.end))
    expect(chain.end.status).toBe(1)
    for (const [b, { before }] of chain.blocks.entries()) {
      expect(trace.stateBefore(b, 0, 0)).toEqual(hexToBytes(stateHash(before)))
    }
  })

  it('leads duels to the states that the machine comes to', () => {
    const random = randomSource(3)
    const long = chain.steps.flat().filter((steps) => steps > 4096)
    expect(long.length).toBeGreaterThan(0)
    for (const [b, segments] of chain.steps.entries()) {
      for (const [x, steps] of segments.entries()) {
        for (const i of [0, steps - 1, random() % steps, Math.min(4096, steps - 1), steps + 5]) {
          expect(walk(trace, b, x, i)).toEqual(stateAfter(b, x, Math.min(i, steps - 1)))
        }
      }
      expect(walk(trace, b, segments.length, 3)).toEqual(trace.stateAfter(b, segments.length - 1, 2 ** 24 - 1))
    }
  })

  it('has the micro-ops that fast mode counts, and no more', () => {
    for (const [b, segments] of chain.steps.entries()) {
      for (const [x, steps] of segments.entries()) {
        const last = trace.stateAfter(b, x, steps - 1)
        expect(trace.stateAfter(b, x, steps)).toEqual(last)
        if (steps > 1) expect(trace.stateAfter(b, x, steps - 2)).not.toEqual(last)
      }
      expect(trace.stateAfter(b, segments.length - 1, segments.at(-1)!)).toEqual(trace.stateBefore(b + 1, 0, 0))
    }
  })

  it('agrees with the states that proofs begin and end with', () => {
    const { machine, nextSegment } = createProvingMachine(chain.blocks[2]!, chain.store)
    for (let x = 0; x < 5; x++) {
      const steps = Math.min(300, chain.steps[2]![x]!)
      for (let i = 0; i < steps; i++) {
        const { before, after } = proveStep(machine)
        expect(bytesToHex(before)).toBe(bytesToHex(trace.stateBefore(2, x, i)))
        expect(bytesToHex(after)).toBe(bytesToHex(trace.stateAfter(2, x, i)))
      }
      runToStep(machine, Number.POSITIVE_INFINITY)
      nextSegment()
    }
  })
})
