import { bytesToHex } from '@crema/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AssertionTrace,
  buildTrace,
  createMemoryTraceStore,
  createProvingMachine,
  proveAt,
  proveStep,
  runToStep,
} from '../../src/index.ts'
import { randomSource } from '../trie/support.ts'
import type { TracedChain } from './chain.ts'
import { makeChain } from './make-chain.ts'

describe('proveAt', () => {
  let chain: TracedChain
  let trace: AssertionTrace
  beforeAll(async () => {
    chain = await makeChain()
    trace = await buildTrace({ source: chain.source, store: createMemoryTraceStore() })
  })

  /** Proves the step at a place, on the last block for those behind it; compares with the trace and returns the proof. */
  function prove(b: number, x: number, i: number): Uint8Array {
    const { before, after, proof } = proveAt(
      chain.blocks[b] ?? chain.blocks.at(-1)!,
      chain.store,
      chain.blocks[b] ? x : 4095,
      i,
    )
    expect(bytesToHex(before)).toBe(bytesToHex(trace.stateBefore(b, x, i)))
    expect(bytesToHex(after)).toBe(bytesToHex(trace.stateAfter(b, x, i)))
    return proof
  }

  it('proves any step of every segment, from the state that the trace has before it to the one after it', () => {
    const random = randomSource(11)
    for (const [b, segments] of chain.steps.entries()) {
      for (const [x, steps] of segments.entries()) {
        for (const i of [0, 1 % steps, random() % steps, steps - 1]) expect(prove(b, x, i).length).toBeGreaterThan(200)
      }
    }
  })

  it('proves the very steps that one machine proves one by one', () => {
    const { machine, nextSegment } = createProvingMachine(chain.blocks[2]!, chain.store)
    for (let x = 0; x < 5; x++) {
      const steps = Math.min(300, chain.steps[2]![x]!)
      for (let i = 0; i < steps; i++) {
        const { before, after, proof } = proveStep(machine)
        expect(bytesToHex(before)).toBe(bytesToHex(trace.stateBefore(2, x, i)))
        expect(bytesToHex(after)).toBe(bytesToHex(trace.stateAfter(2, x, i)))
        if (i % 50 === 0) expect(proveAt(chain.blocks[2]!, chain.store, x, i)).toMatchObject({ before, after, proof })
      }
      runToStep(machine, Number.POSITIVE_INFINITY)
      nextSegment()
    }
  })

  it('proves that nothing happens behind the ends', () => {
    for (const [b, segments] of chain.steps.entries()) {
      for (const [x, steps] of segments.entries()) {
        const proof = prove(b, x, steps)
        expect(proof[0]).toBe(x === segments.length - 1 ? 0 : 1)
        expect(prove(b, x, 2 ** 24 - 1)).toEqual(proof)
      }
      for (const x of [segments.length, 4095]) expect(prove(b, x, 0)[0]).toBe(0)
    }
    for (const [b, x, i] of [
      [3, 0, 0],
      [3, 1, 7],
      [4095, 4095, 2 ** 24 - 1],
    ] as const)
      expect(prove(b, x, i)[0]).toBe(0)
  })

  it.each([
    [-1, 0],
    [4096, 0],
    [0, -1],
    [0, 2 ** 24],
    [0.5, 0],
    [0, Number.NaN],
  ])('has no place (%d, %d)', (x, i) => {
    expect(() => proveAt(chain.blocks[0]!, chain.store, x, i)).toThrow(/no such place/)
  })
})
