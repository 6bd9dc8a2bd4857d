import { bytesEqual } from '@crema/protocol'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createToySource, type ToyShape, type ToySource } from '../../scripts/vector-sets/toy-source.ts'
import type { AssertionTrace } from '../../src/trace/assertion-trace.ts'
import { buildTrace } from '../../src/trace/build-trace.ts'
import { createMemoryTraceStore } from '../../src/trace/trace-store.ts'
import { blockLeaf, traceDepth, verifyLastLeaf } from '../../src/trace/trace-tree.ts'
import { walk } from './walk.ts'

const { blocks: B, segments: X, steps: S } = traceDepth

/** Shapes that touch every padding: many and few blocks, segments and steps. */
const shapes = fc.array(
  fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 4090, max: 9000 })), {
    minLength: 1,
    maxLength: 5,
  }),
  {
    minLength: 1,
    maxLength: 4,
  },
)
/** Places before, at and behind the ends. */
const index = (depth: number) =>
  fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 2 ** depth - 1 }), fc.constant(2 ** depth - 1))
const steps = fc.oneof(index(S), fc.integer({ min: 0, max: 9000 }))

const built = (source: ToySource) => buildTrace({ source, store: createMemoryTraceStore() })

describe('assertion trace', () => {
  it('leads every duel to the states of the execution, padding included', async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes,
        fc.array(fc.tuple(index(B), index(X), steps), { minLength: 3, maxLength: 3 }),
        async (shape, places) => {
          const source = createToySource(shape)
          const trace = await built(source)
          for (const [b, x, i] of places) {
            const state = source.expectedState(b, x, i)
            expect(walk(trace, b, x, i)).toEqual(state)
            expect(trace.stateAfter(b, x, i)).toEqual(state)
            if (i > 0) expect(trace.stateBefore(b, x, i)).toEqual(source.expectedState(b, x, i - 1))
          }
          const last = trace.lastLeafProof()
          verifyLastLeaf(trace.root, blockLeaf(trace.endState, last.subRoot), last.siblings, B)
          expect(trace).toMatchObject({ blocks: shape.length, initialState: source.initialState })
          expect(trace.endState).toEqual(source.expectedState(2 ** B - 1, 0, 0))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has no padding where blocks and segments fill the tree', async () => {
    const full = createToySource([Array.from({ length: 4096 }, () => 1)])
    const trace = await built(full)
    expect(walk(trace, 0, 4095, 0)).toEqual(full.expectedState(0, 4095, 0))
    expect(walk(trace, 1, 4095, 3)).toEqual(full.expectedState(0, 4095, 0))
    await expect(built(createToySource([Array.from({ length: 4097 }, () => 1)]))).rejects.toThrow(/full/)
    const many = createToySource(Array.from({ length: 4096 }, () => [1, 2]))
    const long = await built(many)
    expect(walk(long, 4095, 1, 1)).toEqual(many.expectedState(4095, 1, 1))
    expect(walk(long, 4094, 9, 0)).toEqual(many.expectedState(4094, 1, 1))
    const last = long.lastLeafProof()
    verifyLastLeaf(long.root, blockLeaf(long.endState, last.subRoot), last.siblings, B)
    await expect(built(createToySource(Array.from({ length: 4097 }, () => [1])))).rejects.toThrow(/4,096 blocks/)
  })

  it('differs with every state', async () => {
    const shape: ToyShape = [
      [3, 5000, 2],
      [4, 4],
    ]
    const { root } = await built(createToySource(shape))
    for (const other of [
      [
        [3, 5001, 2],
        [4, 4],
      ],
      [
        [3, 4999, 2],
        [4, 4],
      ],
      [
        [3, 5000, 2, 1],
        [4, 4],
      ],
      [[3, 5000, 2]],
      [[3, 5000, 2], [4, 4], [1]],
    ]) {
      expect(bytesEqual((await built(createToySource(other))).root, root)).toBe(false)
    }
    expect(bytesEqual((await built(createToySource(shape, 1))).root, root)).toBe(false)
  })

  describe('asked for garbage', () => {
    let trace: AssertionTrace
    beforeAll(async () => {
      trace = await built(createToySource([[3, 5000], [7]]))
    })

    it.each([
      [-1, 0],
      [0.5, 0],
      [49, 0],
      [48, 0],
      [0, 1],
      [9, 0],
      [21, 0],
      [45, 0],
      [12, 4096],
      [24, 2 ** 24],
      [44, 2 ** 44],
      [0, -1],
      [30, 0.5],
      [Number.NaN, 0],
      [3, Number.NaN],
    ])('has no 16 nodes below (%d, %d)', (depth, prefix) =>
      expect(() => trace.children(depth, prefix)).toThrow(/no such|below the leaves/),
    )

    it.each([
      [-1, 0, 0],
      [4096, 0, 0],
      [0, 4096, 0],
      [0, -1, 0],
      [0, 0, 2 ** 24],
      [0, 0, -1],
      [0.5, 0, 0],
      [0, 0.5, 0],
      [0, 1, 0.5],
    ])('has no step (%d, %d, %d)', (b, x, i) => {
      expect(() => trace.stateAfter(b, x, i)).toThrow(/no such/)
      expect(() => trace.stateBefore(b, x, i)).toThrow(/no such/)
      expect(() => trace.stepProof(b, x, i)).toThrow(/no such/)
    })

    it('has two children of any node above a leaf', () => {
      for (let depth = 0; depth < 48; depth++) expect(trace.children(depth, 0, 1)).toHaveLength(2)
    })
  })
})
