import { bytesToHex, type StateReader, type StateWrites } from '@crema/protocol'

/** State of one case, in memory. */
export interface MemoryStore extends StateReader {
  add(writes: StateWrites): void
}

export function createMemoryStore(): MemoryStore {
  const nodes = new Map<string, Uint8Array>()
  const codes = new Map<string, Uint8Array>()
  const key = (hash: Uint8Array): string => bytesToHex(hash).slice(2)
  return {
    node: (hash) => nodes.get(key(hash)),
    code: (hash) => codes.get(key(hash)),
    add(writes) {
      for (const [hash, node] of writes.nodes) nodes.set(hash, node)
      for (const [hash, code] of writes.codes) codes.set(hash, code)
    },
  }
}
