/**
 * Keeps what was traced of each block, so that a trace goes on after a restart. A cache: whatever it loses or garbles is computed again. Synchronous; a
 * `put` that returned survives the death of the process if the store is on disk.
 */
export interface TraceStore {
  /** The bytes last put for block `block` of the trace, or undefined. */
  get(traceId: string, block: number): Uint8Array | undefined
  put(traceId: string, block: number, record: Uint8Array): void
}

/** A store that dies with the process. */
export function createMemoryTraceStore(): TraceStore {
  const traces = new Map<string, Map<number, Uint8Array>>()
  return {
    get: (traceId, block) => traces.get(traceId)?.get(block),
    put(traceId, block, record) {
      const blocks = traces.get(traceId) ?? new Map<number, Uint8Array>()
      traces.set(traceId, blocks)
      blocks.set(block, record)
    },
  }
}
