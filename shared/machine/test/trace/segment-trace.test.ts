import { describe, expect, it } from 'vitest'
import { createToySource, type ToySource } from '../../scripts/vector-sets/toy-source.ts'
import { createPaddedTreeBuilder, type PaddedTree } from '../../src/trace/padded-tree.ts'
import { createRecent } from '../../src/trace/recent.ts'
import { openSegmentTrace, type SegmentRecord, traceSegment } from '../../src/trace/segment-trace.ts'
import { fold, traceDepth } from '../../src/trace/trace-tree.ts'
import { lastLeafProof, proofOf, sixteenChildren } from '../../src/trace/tree-queries.ts'

function begin(source: ToySource) {
  const run = source.openBlock(0)
  expect(run.nextSegment()).toBe(true)
  return run
}

function record(source: ToySource): SegmentRecord {
  const work = traceSegment(begin(source))
  let steps = 0
  let next = work.next()
  for (; next.done !== true; next = work.next()) {
    expect(next.value).toBeLessThanOrEqual(16_384)
    steps += next.value
  }
  expect(next.value.steps).toBe(steps)
  return next.value
}

const open = (made: SegmentRecord, source: ToySource, subtrees = createRecent<number, PaddedTree>(4)) =>
  openSegmentTrace(made, () => begin(source), subtrees)

describe('segment trace', () => {
  it.each([1, 2, 4095, 4096, 4097, 8192, 12_289, 40_000])(
    'of %i steps answers at random as the whole tree',
    (steps) => {
      const source = createToySource([[steps]])
      const made = record(source)
      expect(made).toMatchObject({ steps, stateAfter: source.expectedState(0, 0, steps) })
      expect(made.nodes.length).toBe(Math.ceil(steps / 4096))
      const trace = open(made, source)
      const builder = createPaddedTreeBuilder(traceDepth.steps, 0)
      for (let i = 0; i < steps; i++) builder.append(source.expectedState(0, 0, i))
      const whole = builder.finish()
      expect(trace.record.root).toEqual(whole.root)
      const places = [0, 1, steps - 2, steps - 1, steps, steps + 1, 4094, 4095, 4096, 2 ** 24 - 1, 2 ** 23]
      for (const i of places.filter((place) => place >= 0)) {
        for (let height = 0; height <= 24; height++) {
          const position = Math.floor(i / 2 ** height)
          expect(trace.node(height, position)).toEqual(whole.node(height, position))
        }
        expect(proofOf(trace, i)).toEqual(proofOf(whole, i))
      }
      expect(lastLeafProof(trace)).toEqual(lastLeafProof(whole))
    },
  )

  it('hashes no more than 4,096 steps for a request, once', () => {
    const source = createToySource([[50_000]])
    const trace = open(record(source), source)
    Object.assign(source.work, { opened: 0, hashed: 0, skipped: 0 })
    for (const height of [24, 20, 16]) expect(fold(sixteenChildren(trace, height, 0))).toEqual(trace.node(height, 0))
    expect(source.work).toEqual({ opened: 0, hashed: 0, skipped: 0 })
    for (const height of [12, 8, 4]) expect(fold(sixteenChildren(trace, height, 0))).toEqual(trace.node(height, 0))
    proofOf(trace, 4000)
    expect(source.work).toEqual({ opened: 1, hashed: 4096, skipped: 0 })
    trace.node(0, 49_999)
    expect(source.work).toEqual({ opened: 2, hashed: 4096 + (50_000 % 4096), skipped: 49_152 })
  })

  it('reports a segment that runs otherwise', () => {
    const made = record(createToySource([[9000]]))
    expect(() => open(made, createToySource([[9000]], 1)).node(0, 0)).toThrow(/otherwise/)
    expect(() => open(made, createToySource([[8000]])).node(0, 8191)).toThrow(/otherwise/)
    expect(() => open(made, createToySource([[4096]])).node(0, 4096)).toThrow(/otherwise/)
  })
})
