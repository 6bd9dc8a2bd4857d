import type { BlockRun, TraceSource } from '@crema/machine'
import { concatBytes, keccak256 } from '@crema/protocol'
import type { Place } from './traces.ts'

/**
 * The execution of `source` with a lie: from step `place` on all states are made up, and the last one is `end`. It leads to a sound trace of an end that no
 * execution has.
 */
export function lyingSource(source: TraceSource, place: Place, end: Uint8Array): TraceSource {
  const madeUp = (state: Uint8Array): Uint8Array => keccak256(concatBytes(state, Uint8Array.of(1)))
  return {
    ...source,
    id: `${source.id} lies at ${place.b} ${place.x} ${place.i}`,
    openBlock(b) {
      const run = source.openBlock(b)
      let x = -1
      let i = 0
      const isBehind = (): boolean => {
        if (b !== place.b) return b > place.b
        return x > place.x || (x === place.x && i > place.i)
      }
      // The last step of the last block leads to the end itself.
      const tell = (state: Uint8Array, isOver: boolean): Uint8Array => {
        if (!isBehind()) return state
        return isOver && b === source.blocks - 1 ? end : madeUp(state)
      }
      let isOver = false
      const lying: BlockRun = {
        get isRunning() {
          return run.isRunning
        },
        get endsAssertion() {
          return run.endsAssertion
        },
        nextSegment() {
          const has = run.nextSegment()
          if (has) [x, i] = [x + 1, 0]
          else isOver = true
          return has
        },
        step() {
          const state = run.step()
          i++
          return tell(state, !run.isRunning && isLastSegment(source, b, x))
        },
        skip(count) {
          const skipped = run.skip(count)
          i += skipped
          return skipped
        },
        stateHash: () =>
          x < 0 ? (b > place.b ? madeUp(run.stateHash()) : run.stateHash()) : tell(run.stateHash(), isOver),
      }
      return lying
    },
  }
}

/** Segments of each block of a source. */
const counts = new WeakMap<TraceSource, number[]>()

/** Micro-ops of each segment of block `b`. */
export function segmentsOf(source: TraceSource, b: number): number[] {
  const run = source.openBlock(b)
  const steps: number[] = []
  while (run.nextSegment()) steps.push(run.skip(Number.POSITIVE_INFINITY))
  return steps
}

function isLastSegment(source: TraceSource, b: number, x: number): boolean {
  const known = counts.get(source) ?? []
  counts.set(source, known)
  known[b] ??= segmentsOf(source, b).length
  return x === known[b] - 1
}
