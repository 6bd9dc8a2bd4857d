import { describe, expect, it } from 'vitest'
import { createToySource } from '../../scripts/vector-sets/toy-source.ts'
import { buildTrace, type TraceProgress } from '../../src/trace/build-trace.ts'
import { createMemoryTraceStore, type TraceStore } from '../../src/trace/trace-store.ts'

const shape = [[3, 40_000, 2], [100], [1, 20_000], [5, 5, 5, 5]]

/** A store that counts what is put. */
function countingStore(): TraceStore & { puts: number[] } {
  const store = createMemoryTraceStore()
  const puts: number[] = []
  return {
    puts,
    get: store.get,
    put(traceId, block, record) {
      puts.push(block)
      store.put(traceId, block, record)
    },
  }
}

describe('buildTrace', () => {
  it('tells its progress', async () => {
    const seen: TraceProgress[] = []
    const onProgress = (progress: TraceProgress) => seen.push(progress)
    await buildTrace({ source: createToySource(shape), store: createMemoryTraceStore(), onProgress })
    expect(seen[0]).toEqual({ blocks: 0, totalBlocks: 4, segments: 0, steps: 3, expectedSteps: undefined })
    const total = shape.flat().reduce((sum, steps) => sum + steps, 0)
    const end = { blocks: 4, totalBlocks: 4, segments: 10, steps: total, expectedSteps: total }
    expect(seen.at(-1)).toEqual(end)
    for (const [i, { steps, expectedSteps, blocks }] of seen.entries()) {
      const before = seen[i - 1]?.steps ?? 0
      expect(steps - before).toBeLessThanOrEqual(16_384)
      expect(steps).toBeGreaterThanOrEqual(before)
      if (blocks > 0) expect(expectedSteps).toBeGreaterThanOrEqual(steps)
    }
  })

  it('stops when told to, and goes on with the block that was cut', async () => {
    const whole = await buildTrace({ source: createToySource(shape), store: createMemoryTraceStore() })
    const store = countingStore()
    const reason = new Error('enough')
    const stop = new AbortController()
    const source = createToySource(shape)
    const onProgress = ({ steps }: TraceProgress) => {
      if (steps > 50_000) stop.abort(reason)
    }
    await expect(buildTrace({ source, store, onProgress, signal: stop.signal })).rejects.toBe(reason)
    expect(store.puts).toEqual([0, 1])
    const again = createToySource(shape)
    const trace = await buildTrace({ source: again, store })
    expect(trace.root).toEqual(whole.root)
    expect(store.puts).toEqual([0, 1, 2, 3])
    expect(again.work).toMatchObject({ opened: 2, hashed: 20_001 + 20 })
    const done = createToySource(shape)
    expect((await buildTrace({ source: done, store })).root).toEqual(whole.root)
    expect(done.work.opened).toBe(0)
  })

  it('lets an abort from outside through while it runs', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 5)
    const source = createToySource([Array.from({ length: 4000 }, () => 4000)])
    await expect(buildTrace({ source, store: createMemoryTraceStore(), signal: stop.signal })).rejects.toThrow(/abort/i)
    expect(source.work.hashed).toBeLessThan(16_000_000)
  })

  it('computes again what the store garbled, lost or holds of another trace', async () => {
    const whole = await buildTrace({ source: createToySource(shape), store: createMemoryTraceStore() })
    const damages: ((record: Uint8Array) => Uint8Array | undefined)[] = [
      () => undefined,
      () => new Uint8Array(0),
      () => new Uint8Array(300),
      (record) => record.subarray(0, -1),
      (record) => Uint8Array.of(...record, 0),
      ...Array.from({ length: 40 }, (_, i) => (record: Uint8Array) => {
        const damaged = record.slice()
        damaged[(i * 37) % damaged.length]! ^= 1 << (i % 8)
        return damaged
      }),
    ]
    const good = createMemoryTraceStore()
    await buildTrace({ source: createToySource(shape), store: good })
    for (const damage of damages) {
      const store: TraceStore = {
        get: (id, block) => (block === 1 ? damage(good.get(id, block)!) : good.get(id, block)),
        put: () => undefined,
      }
      const source = createToySource(shape)
      const trace = await buildTrace({ source, store })
      expect(trace.root).toEqual(whole.root)
      expect(source.work).toMatchObject({ opened: 1, hashed: 100 })
      expect(trace.stateAfter(1, 0, 50)).toEqual(source.expectedState(1, 0, 50))
      expect(trace.openSegmentLeaf(1, 0)).toEqual(whole.openSegmentLeaf(1, 0))
    }
    const other = createToySource(shape, 5)
    const foreign: TraceStore = { get: (_, block) => good.get(createToySource(shape).id, block), put: () => undefined }
    // Block 0 begins with the same state, so the foreign one is taken; all others do not continue it.
    const mixed = buildTrace({
      source: other,
      store: { ...foreign, get: (id, block) => (block === 0 ? undefined : foreign.get(id, block)) },
    })
    expect((await mixed).root).toEqual((await buildTrace({ source: other, store: createMemoryTraceStore() })).root)
  })

  it('refuses sources that contradict themselves', async () => {
    const source = createToySource(shape)
    const build = (change: object) => buildTrace({ source: { ...source, ...change }, store: createMemoryTraceStore() })
    await expect(build({ initialState: new Uint8Array(32) })).rejects.toMatchObject({ code: 'NOT_CONTINUOUS' })
    await expect(build({ openBlock: (b: number) => source.openBlock(b === 2 ? 1 : b) })).rejects.toMatchObject({
      code: 'NOT_CONTINUOUS',
    })
    await expect(build({ blocks: 3 })).rejects.toMatchObject({ code: 'WRONG_END' })
    for (const blocks of [0, 4097, 1.5, Number.NaN])
      await expect(build({ blocks })).rejects.toMatchObject({ code: 'WRONG_END' })
  })

  it('reports a block that no longer runs as it did', async () => {
    const store = createMemoryTraceStore()
    const source = createToySource(shape)
    let changed = false
    const openBlock = (b: number) => (changed ? createToySource(shape, 3) : source).openBlock(b)
    const trace = await buildTrace({ source: { ...source, openBlock }, store })
    changed = true
    expect(() => trace.stateAfter(0, 1, 100)).toThrow(expect.objectContaining({ code: 'NOT_REPRODUCED' }))
    expect(trace.children(24, 1)).toHaveLength(16)
    const lost = await buildTrace({ source: { ...source, openBlock: source.openBlock }, store })
    store.put(source.id, 0, new Uint8Array(0))
    expect(lost.stateAfter(0, 1, 100)).toEqual(source.expectedState(0, 1, 100))
  })
})
