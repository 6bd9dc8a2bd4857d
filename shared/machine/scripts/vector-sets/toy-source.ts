import { concatBytes, keccak256 } from '@crema/protocol'
import type { BlockRun, TraceSource } from '../../src/trace/source.ts'

/** Number of micro-ops of each segment of each block. */
export type ToyShape = readonly (readonly number[])[]

/** A source whose states are hashes of their place, and what was done with it. */
export interface ToySource extends TraceSource {
  readonly shape: ToyShape
  /** The state after micro-op `i` as `next` of docs/protocol/machine.md leads to it, for any b, x and i of the tree. */
  expectedState(b: number, x: number, i: number): Uint8Array
  /** Blocks opened and micro-ops hashed so far. */
  readonly work: { opened: number; hashed: number; skipped: number }
}

/** A source of this shape; equal seeds make equal ones. */
export function createToySource(shape: ToyShape, seed = 0): ToySource {
  const work = { opened: 0, hashed: 0, skipped: 0 }
  const place = new Uint8Array(16)
  const hash = (b: number, x: number, i: number): Uint8Array => {
    new DataView(place.buffer).setUint32(0, seed)
    new DataView(place.buffer).setUint32(4, b)
    new DataView(place.buffer).setUint32(8, x)
    new DataView(place.buffer).setUint32(12, i)
    return keccak256(concatBytes(Uint8Array.of(1), place))
  }
  const initialState = keccak256(Uint8Array.of(0))
  const after = (b: number): Uint8Array => (b < 0 ? initialState : hash(b, shape[b]!.length - 1, shape[b]!.at(-1)! - 1))

  function openBlock(b: number): BlockRun {
    work.opened++
    const segments = shape[b]!
    let x = -1
    let i = 0
    let state = after(b - 1)
    const run = (): void => {
      state = hash(b, x, i)
      i++
    }
    return {
      get isRunning() {
        return x >= 0 && x < segments.length && i < segments[x]!
      },
      nextSegment() {
        x++
        i = 0
        return x < segments.length
      },
      step() {
        work.hashed++
        run()
        return state
      },
      skip(count) {
        const steps = Math.min(count, segments[x]! - i)
        if (steps > 0) {
          work.skipped += steps
          i += steps - 1
          run()
        }
        return steps
      },
      stateHash: () => state,
      get endsAssertion() {
        return b === shape.length - 1
      },
    }
  }

  return {
    id: `toy ${seed} ${JSON.stringify(shape)}`,
    shape,
    initialState,
    blocks: shape.length,
    weight: (b) => shape[b]!.length,
    openBlock,
    work,
    expectedState(b, x, i) {
      const segments = shape[b]
      if (segments === undefined) return after(shape.length - 1)
      const steps = segments[x]
      return steps === undefined ? after(b) : hash(b, x, Math.min(i, steps - 1))
    },
  }
}
