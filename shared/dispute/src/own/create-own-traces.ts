import {
  buildTrace,
  createMachineSource,
  type MachineSourceOptions,
  type ProofAt,
  proveAt,
  type TraceStore,
  traceDepth,
} from '@crema/machine'
import type { Hash } from '@crema/protocol'
import type { RightChild } from './own-child.ts'
import type { OwnTrace, OwnTraceProgress, OwnTraces } from './own-trace.ts'

/** All that the trace of a right child is made of: its blocks, from the node's store. */
export type AssertionBlocks = MachineSourceOptions

export interface OwnTracesOptions {
  /** The blocks of a right child; undefined while the node does not hold all of them. */
  readonly blocksOf: (child: RightChild) => Promise<AssertionBlocks | undefined>
  readonly store: TraceStore
  /** Told about every 16,384 micro-ops. */
  readonly onProgress?: (progress: OwnTraceProgress) => void
}

/** Traces on the step machine. One is built at a time: building takes a whole core. */
export function createOwnTraces({ blocksOf, store, onProgress }: OwnTracesOptions): OwnTraces {
  const built = new Map<Hash, OwnTrace>()
  const underWay = new Map<Hash, OwnTraceProgress>()
  let last: Promise<unknown> = Promise.resolve()

  async function build(child: RightChild, signal: AbortSignal | undefined): Promise<OwnTrace | undefined> {
    const known = built.get(child.id)
    if (known !== undefined) return known
    const blocks = await blocksOf(child)
    if (blocks === undefined) return undefined
    try {
      const trace = await buildTrace({
        source: createMachineSource(blocks),
        store,
        ...(signal === undefined ? {} : { signal }),
        onProgress: (made) => {
          const progress = { ...made, assertionId: child.id }
          underWay.set(child.id, progress)
          onProgress?.(progress)
        },
      })
      const own: OwnTrace = { ...trace, proveStep: remembering((b, x, i) => proveStepOf(blocks, b, x, i)) }
      built.set(child.id, own)
      return own
    } finally {
      underWay.delete(child.id)
    }
  }

  return {
    traceOf: (child, signal) => {
      const made = last.then(() => build(child, signal))
      last = made.catch(() => {})
      return made
    },
    progress: () => [...underWay.values()],
    forget: (assertionId) => void built.delete(assertionId),
  }
}

/** Proofs asked for last: while one is on its way to L1 it is asked for at every look. */
const REMEMBERED = 16

function remembering(prove: OwnTrace['proveStep']): OwnTrace['proveStep'] {
  const known = new Map<string, ProofAt>()
  return (b, x, i) => {
    const place = `${b} ${x} ${i}`
    const made = known.get(place) ?? prove(b, x, i)
    known.set(place, made)
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED) break
      known.delete(oldest)
    }
    return made
  }
}

/** Behind the last block nothing happens any more: shown at the end of that block. */
function proveStepOf({ blocks, block, state }: AssertionBlocks, b: number, x: number, i: number) {
  if (b < blocks) return proveAt(block(b), state, x, i)
  return proveAt(block(blocks - 1), state, 2 ** traceDepth.segments - 1, i)
}
