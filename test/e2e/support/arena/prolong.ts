import type { BlockRun, TraceSource } from '@crema/machine'

/** Where an execution goes on behind its end: in a segment, behind a block's last segment, or behind the assertion's last block. */
export type Padding =
  | { readonly behind: 'segment'; readonly b: number; readonly x: number }
  | { readonly behind: 'block'; readonly b: number }
  | { readonly behind: 'assertion' }

/** An execution with one more micro-op than there is, which changes nothing: where a false one may leave the right one in a place at which nothing happens. */
export function prolong(source: TraceSource, padding: Padding): TraceSource {
  const id = `${source.id} ${JSON.stringify(padding)}`
  if (padding.behind === 'assertion') {
    const last = source.blocks - 1
    const openBlock = (b: number): BlockRun =>
      b > last ? idleRun(endOf(source.openBlock(last))) : withoutEnd(source.openBlock(b))
    return { ...source, id, blocks: source.blocks + 1, weight: (b) => source.weight(Math.min(b, last)), openBlock }
  }
  return {
    ...source,
    id,
    openBlock: (b) => (b === padding.b ? prolongRun(source.openBlock(b), padding) : source.openBlock(b)),
  }
}

/** The state after a block. */
function endOf(run: BlockRun): Uint8Array {
  while (run.nextSegment()) run.skip(Number.POSITIVE_INFINITY)
  return run.stateHash().slice()
}

function withoutEnd(run: BlockRun): BlockRun {
  return wrap(run, { endsAssertion: () => false })
}

/** A block of one micro-op that does nothing. */
function idleRun(state: Uint8Array): BlockRun {
  let segments = 0
  let isDue = false
  const take = (): number => {
    const taken = isDue ? 1 : 0
    isDue = false
    return taken
  }
  return {
    get isRunning() {
      return isDue
    },
    nextSegment() {
      isDue = segments++ === 0
      return isDue
    },
    step() {
      take()
      return state
    },
    skip: (count) => (count > 0 ? take() : 0),
    stateHash: () => state,
    endsAssertion: true,
  }
}

/** A block with a micro-op more in segment `x`, or in one segment more. */
function prolongRun(run: BlockRun, padding: Exclude<Padding, { behind: 'assertion' }>): BlockRun {
  let x = -1
  let isExtra = false
  let isOver = false
  const isPlace = (): boolean => padding.behind === 'segment' && x === padding.x
  return wrap(run, {
    isRunning: () => run.isRunning || isExtra,
    nextSegment() {
      if (run.nextSegment()) {
        x++
        isExtra = isPlace()
        return true
      }
      if (padding.behind !== 'block' || isOver) return false
      isOver = true
      isExtra = true
      return true
    },
    step() {
      if (run.isRunning) return run.step()
      isExtra = false
      return run.stateHash()
    },
    skip(count) {
      const skipped = run.skip(count)
      if (!isExtra || skipped === count) return skipped
      isExtra = false
      return skipped + 1
    },
  })
}

interface Changes {
  readonly isRunning?: () => boolean
  readonly endsAssertion?: () => boolean
  readonly nextSegment?: () => boolean
  readonly step?: () => Uint8Array
  readonly skip?: (count: number) => number
}

function wrap(run: BlockRun, changes: Changes): BlockRun {
  return {
    get isRunning() {
      return changes.isRunning === undefined ? run.isRunning : changes.isRunning()
    },
    get endsAssertion() {
      return changes.endsAssertion === undefined ? run.endsAssertion : changes.endsAssertion()
    },
    nextSegment: changes.nextSegment ?? (() => run.nextSegment()),
    step: changes.step ?? (() => run.step()),
    skip: changes.skip ?? ((count) => run.skip(count)),
    stateHash: () => run.stateHash(),
  }
}
