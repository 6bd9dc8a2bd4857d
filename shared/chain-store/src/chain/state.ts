import { bytesEqual, keccak256, type StateWrites } from '@crema/protocol'
import type { Cache } from '../cache.ts'
import { toBytes } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'

/** Trie node by hash, from memory if it was used lately. Throws `STORE_CORRUPT` when the stored bytes have another hash. */
export function readNode(context: StoreContext, hash: Uint8Array): Uint8Array | undefined {
  return readContent(context, context.nodes, 'SELECT rlp AS content FROM state_nodes WHERE hash = ?', hash)
}

/** Contract code by hash; the same. */
export function readCode(context: StoreContext, hash: Uint8Array): Uint8Array | undefined {
  return readContent(context, context.codes, 'SELECT code AS content FROM codes WHERE hash = ?', hash)
}

function readContent(
  context: StoreContext,
  cache: Cache<string, Uint8Array>,
  query: string,
  hash: Uint8Array,
): Uint8Array | undefined {
  const key = Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex')
  const cached = cache.get(key)
  if (cached !== undefined) return cached
  const row = context.statement<{ content: Buffer }>(query).get(hash)
  if (row === undefined) return undefined
  const content = toBytes(row.content)
  // Damage must not turn into another state root: a node would then contradict itself, and dispute what is right.
  if (!bytesEqual(keccak256(content), hash))
    throw new ChainStoreError('STORE_CORRUPT', 'a trie node or code was changed', {
      details: { path: context.db.name, hash: key },
    })
  cache.set(key, content)
  return content
}

/** Adds what is not stored yet. To be called inside a write transaction. */
export function writeState(context: StoreContext, writes: StateWrites): void {
  const insertNode = context.statement('INSERT OR IGNORE INTO state_nodes (hash, rlp) VALUES (?, ?)')
  let added = 0
  let addedBytes = 0
  // In key order, the inserts of a block touch each page of the index once.
  for (const key of [...writes.nodes.keys()].sort()) {
    const rlp = writes.nodes.get(key)!
    if (insertNode.run(Buffer.from(key, 'hex'), rlp).changes > 0) {
      added++
      addedBytes += rlp.length
    }
    context.nodes.set(key, rlp)
  }
  const insertCode = context.statement('INSERT OR IGNORE INTO codes (hash, code) VALUES (?, ?)')
  for (const [key, code] of writes.codes) {
    insertCode.run(Buffer.from(key, 'hex'), code)
    context.codes.set(key, code)
  }
  if (added > 0)
    context
      .statement('UPDATE chain SET state_nodes = state_nodes + ?, state_node_bytes = state_node_bytes + ? WHERE id = 1')
      .run(added, addedBytes)
}
