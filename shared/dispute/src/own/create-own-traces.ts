import { buildTrace, type ProofAt, type TraceStore } from '@crema/machine'
import type { AssertionMachine } from '@crema/node'
import type { Hash } from '@crema/protocol'
import type { RightChild } from './own-child.ts'
import type { OwnTrace, OwnTraceProgress, OwnTraces } from './own-trace.ts'

export interface OwnTracesOptions {
  /** A right child on the step machine; undefined while the node does not hold all of its blocks. */
  readonly machineOf: (child: RightChild) => Promise<AssertionMachine | undefined>
  readonly store: TraceStore
  /** Proofs kept of each trace, those asked for last: while a call waits for L1 its proof is asked for again. */
  readonly proofs?: number
  /** Told about every 16,384 micro-ops. */
  readonly onProgress?: (progress: OwnTraceProgress) => void
}

/** Traces on the step machine. One is built at a time: building takes a whole core. */
export function createOwnTraces({ machineOf, store, proofs = 16, onProgress }: OwnTracesOptions): OwnTraces {
  const built = new Map<Hash, OwnTrace>()
  const underWay = new Map<Hash, OwnTraceProgress>()
  let last: Promise<unknown> = Promise.resolve()

  async function build(child: RightChild, signal: AbortSignal | undefined): Promise<OwnTrace | undefined> {
    const known = built.get(child.id)
    if (known !== undefined) return known
    const machine = await machineOf(child)
    if (machine === undefined) return undefined
    try {
      const trace = await buildTrace({
        source: machine.source,
        store,
        ...(signal === undefined ? {} : { signal }),
        onProgress: (made) => {
          const progress = { ...made, assertionId: child.id }
          underWay.set(child.id, progress)
          onProgress?.(progress)
        },
      })
      const own: OwnTrace = { ...trace, proveStep: remembering(machine.prove, proofs) }
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

function remembering(prove: OwnTrace['proveStep'], limit: number): OwnTrace['proveStep'] {
  const known = new Map<string, ProofAt>()
  return (b, x, i) => {
    const place = `${b} ${x} ${i}`
    const made = known.get(place) ?? prove(b, x, i)
    known.set(place, made)
    for (const oldest of known.keys()) {
      if (known.size <= limit) break
      known.delete(oldest)
    }
    return made
  }
}
