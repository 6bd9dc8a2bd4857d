import { hexToBytes, type StateReader, type StateWrites } from '@crema/protocol'
import { MissingStateError } from '../errors.ts'
import { createGenerationalMap } from './generational-map.ts'

/** A {@link StateReader} behind bounded caches, keyed by hex without prefix; absent data is an error. */
export interface StateCache {
  /** Throws {@link MissingStateError}. */
  node(hash: string): Uint8Array
  /** Throws {@link MissingStateError}. */
  code(hash: string): Uint8Array
  /** Takes in what a block added, so that the next one need not ask the store. */
  add(writes: StateWrites): void
}

const NODES = 60_000
const CODES = 2_000

/** Puts caches before `reader`. Content is addressed by hash, so a cache can be shared by everything that reads the same store. */
export function createStateCache(reader: StateReader): StateCache {
  const nodes = createGenerationalMap<Uint8Array>(NODES)
  const codes = createGenerationalMap<Uint8Array>(CODES)
  return {
    node(hash) {
      const hit = nodes.get(hash)
      if (hit !== undefined) return hit
      const node = reader.node(hexToBytes(`0x${hash}`))
      if (node === undefined) throw new MissingStateError('node', hash)
      nodes.set(hash, node)
      return node
    },
    code(hash) {
      const hit = codes.get(hash)
      if (hit !== undefined) return hit
      const code = reader.code(hexToBytes(`0x${hash}`))
      if (code === undefined) throw new MissingStateError('code', hash)
      codes.set(hash, code)
      return code
    },
    add(writes) {
      for (const [hash, node] of writes.nodes) nodes.set(hash, node)
      for (const [hash, code] of writes.codes) codes.set(hash, code)
    },
  }
}
