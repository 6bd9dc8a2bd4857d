import type { BlockRun, TraceSource } from '@crema/machine'
import { bytesEqual, concatBytes, type Hash, hexToBytes, keccak256 } from '@crema/protocol'
import type { Place } from './evil-lie.ts'

/** How an execution is falsified. */
export interface Falsification {
  /** The first state that is wrong: the one after this micro-op. */
  readonly place: Place
  /** Hash of the right end, and what stands for it. */
  readonly rightEnd: Hash
  readonly wrongEnd: Hash
  /** Makes one falsification differ from another. */
  readonly salt: Hash
}

/** An execution that is right up to a place and wrong from there on: every state hash is another one, and the last one that of a wrong end. */
export function falsify(source: TraceSource, falsification: Falsification): TraceSource {
  const { place, salt } = falsification
  const rightEnd = hexToBytes(falsification.rightEnd)
  const wrongEnd = hexToBytes(falsification.wrongEnd)
  const saltBytes = hexToBytes(salt)
  const change = (state: Uint8Array): Uint8Array =>
    bytesEqual(state, rightEnd) ? wrongEnd : keccak256(concatBytes(saltBytes, state))
  return {
    ...source,
    id: `${source.id} ${salt} ${place.b} ${place.x} ${place.i}`,
    openBlock: (b) => falsifyRun(source.openBlock(b), b, place, change),
  }
}

function falsifyRun(run: BlockRun, b: number, place: Place, change: (state: Uint8Array) => Uint8Array): BlockRun {
  let x = -1
  let steps = 0
  /** Whether the state as it stands comes from the place or later. */
  const isWrong = (): boolean => {
    if (b !== place.b) return b > place.b
    if (x !== place.x) return x > place.x
    return steps > place.i
  }
  const shown = (state: Uint8Array): Uint8Array => (isWrong() ? change(state) : state)
  return {
    nextSegment() {
      if (!run.nextSegment()) return false
      x++
      steps = 0
      return true
    },
    get isRunning() {
      return run.isRunning
    },
    step() {
      const state = run.step()
      steps++
      return shown(state)
    },
    skip(count) {
      const skipped = run.skip(count)
      steps += skipped
      return skipped
    },
    stateHash: () => shown(run.stateHash()),
    get endsAssertion() {
      return run.endsAssertion
    },
  }
}
