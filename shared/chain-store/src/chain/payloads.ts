import { type Hash, keccak256Hex } from '@crema/protocol'
import { toBlob, toBytes } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'

/** Row of the payload, stored once however often it is used. Throws `BAD_BLOCK` when `hash` is not its keccak256. */
export function storePayload(context: StoreContext, hash: Hash, payload: Uint8Array): number | bigint {
  const actual = keccak256Hex(payload)
  if (actual !== hash)
    throw new ChainStoreError('BAD_BLOCK', 'the payload has another hash', { details: { expected: hash, actual } })
  const key = toBlob(hash)
  const found = context.statement<{ id: number }>('SELECT id FROM payloads WHERE hash = ?').get(key)
  return (
    found?.id ?? context.statement('INSERT INTO payloads (hash, data) VALUES (?, ?)').run(key, payload).lastInsertRowid
  )
}

/** Payload of a row id. Throws `STORE_CORRUPT` when there is none. */
export function loadPayload(context: StoreContext, id: number): Uint8Array {
  const row = context.statement<{ data: Buffer }>('SELECT data FROM payloads WHERE id = ?').get(id)
  if (row === undefined)
    throw new ChainStoreError('STORE_CORRUPT', 'a payload is missing', { details: { path: context.db.name, id } })
  return toBytes(row.data)
}

/** Deletes those of the payloads that neither a block nor a leaf uses any more. */
export function dropUnusedPayloads(context: StoreContext, ids: Iterable<number>): void {
  const drop = context.statement(
    `DELETE FROM payloads WHERE id = ?
       AND NOT EXISTS (SELECT 1 FROM blocks WHERE payload_id = payloads.id)
       AND NOT EXISTS (SELECT 1 FROM leaves WHERE payload_id = payloads.id)`,
  )
  for (const id of ids) drop.run(id)
}
