import { bytesEqual, bytesToHex, hexToBytes, stateHash } from '@crema/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine } from '../../src/commit/machine-hash.ts'
import { createProvingMachine } from '../../src/run/proving-machine.ts'
import { runToStep } from '../../src/run/step.ts'
import type { AssertionTrace } from '../../src/trace/assertion-trace.ts'
import { buildTrace } from '../../src/trace/build-trace.ts'
import { openMachineRun } from '../../src/trace/machine-source.ts'
import { createMemoryTraceStore } from '../../src/trace/trace-store.ts'
import { randomSource } from '../trie/support.ts'
import type { TracedChain } from './chain.ts'
import { makeChain } from './make-chain.ts'
import { walk } from './walk.ts'

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

  it('is stored under the name of what the machine commits to', async () => {
    const { source } = await makeChain(7)
    const { root } = await buildTrace({ source, store: createMemoryTraceStore() })
    // Another root under the same name would let an updated node play on with a trace of the old machine: raise `machineVersion`, then write both here.
    expect({ id: source.id, root: bytesToHex(root) }).toEqual({
      id: '0xa17e5da50d89b6ec25b23c9aafd238046fc96cf33625f937527243933126e487',
      root: '0x88d70ae332930dab23967de8893db592afc5184f8ddca91c45fe775753b4f51a',
    })
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

  it('stops at a trie node that the store lacks, and goes on once it is there', async () => {
    const missing = hexToBytes(chain.blocks[1]!.before.stateRoot)
    let isThere = false
    const opened: number[] = []
    const state = {
      ...chain.store,
      node: (hash: Uint8Array) => (isThere || !bytesEqual(hash, missing) ? chain.store.node(hash) : undefined),
    }
    const openBlock = (b: number) => {
      opened.push(b)
      return openMachineRun(chain.blocks[b]!, state)
    }
    const store = createMemoryTraceStore()
    const source = { ...chain.source, openBlock }
    await expect(buildTrace({ source, store })).rejects.toMatchObject({ code: 'MISSING_NODE' })
    isThere = true
    expect((await buildTrace({ source, store })).root).toEqual(trace.root)
    expect(opened).toEqual([0, 1, 1, 2])
  })
})
