import { bytesToHex, concatBytes, type Hash, hexToBytes, keccak256 } from '@crema/protocol'
import type { StoreContext } from './context.ts'
import type { ChainDump, DumpedTable } from './types.ts'

const transactionBytes = 'coalesce(t.raw, substr(p.data, t.payload_offset + 1, t.raw_length))'

/**
 * The dumped tables. Left out: row ids and clocks; `l1_blocks`, because what is kept depends on how L1 was polled; evidence and meta, which are
 * a node's own; state nodes, which outlive rollbacks; details of skipped transactions, which are wording.
 */
const queries: Readonly<Record<string, string>> = {
  chain: 'SELECT genesis_number, genesis_hash, config_digest FROM chain',
  heads: 'SELECT (SELECT max(number) FROM blocks), safe_number, finalized_number FROM chain',
  blocks: `SELECT number, hash, header, timestamp, sequencer_height, lane_height, lane_tip, kind, origin_number, origin_hash, origin_timestamp,
    origin_base_fee, origin_mix_hash, deposit_end, payload_hash, leaf_hash, gas_since_genesis FROM blocks ORDER BY number`,
  transactions: `SELECT t.id >> 15, t.id & 32767, t.hash, t.sender, ${transactionBytes}, t.status, t.cumulative_gas, t.gas_used, t.gas_price,
    t.contract_address, t.first_log, t.log_count
    FROM transactions t JOIN blocks b ON b.number = (t.id >> 15) LEFT JOIN payloads p ON p.id = b.payload_id ORDER BY t.id`,
  logs: `SELECT id >> 20, id & 1048575, transaction_index, address, topic0, topic1, topic2, topic3, data FROM logs ORDER BY id`,
  skipped: 'SELECT id >> 15, entry_index, hash, reason FROM skipped ORDER BY id',
  deposit_aliases:
    'SELECT transaction_id >> 15, transaction_id & 32767, alias FROM deposit_aliases ORDER BY transaction_id',
  deposits: `SELECT deposit_index, sender, recipient, mint, value, gas_limit, data, l1_block_number, l1_block_hash, l1_timestamp,
    l1_transaction_hash, l1_log_index FROM deposits ORDER BY deposit_index`,
  leaves: `SELECT leaf_index, leaf_hash, kind, sequencer_height, timestamp, origin_number, origin_hash, origin_timestamp, origin_base_fee,
    prev_randao, payload_hash, tx_count, tx_root, deposit_start, deposit_end, deposit_root, lane_height, lane_tip, l1_block_number,
    l1_block_hash, l1_transaction_hash, inbox_root FROM leaves ORDER BY leaf_index`,
  l1_events: `SELECT l1_block_number, l1_log_index, kind, key, data, l1_block_hash, l1_transaction_hash FROM l1_events
    ORDER BY l1_block_number, l1_log_index`,
}

const encoder = new TextEncoder()

/** See {@link ChainStore.dump}. */
export function dump(context: StoreContext): ChainDump {
  return context.read(() => {
    const tables = Object.keys(queries).map((name): DumpedTable => {
      const rows: string[] = []
      const digest = foldTable(context, name, (row) => rows.push(row))
      return { name, rows, digest }
    })
    return { tables, digest: foldTables(tables) }
  })
}

/** See {@link ChainStore.digests}. */
export function digests(context: StoreContext): {
  readonly digest: Hash
  readonly tables: Readonly<Record<string, Hash>>
} {
  return context.read(() => {
    const tables = Object.keys(queries).map((name) => ({ name, digest: foldTable(context, name, () => undefined) }))
    return {
      digest: foldTables(tables),
      tables: Object.fromEntries(tables.map(({ name, digest }) => [name, digest])),
    }
  })
}

function foldTable(context: StoreContext, name: string, onRow: (row: string) => void): Hash {
  const statement = context.db.prepare<[], unknown[]>(queries[name]!).raw()
  let digest: Uint8Array = new Uint8Array(32)
  for (const values of statement.iterate()) {
    const row = JSON.stringify(values.map((value) => (value instanceof Uint8Array ? bytesToHex(value) : value)))
    onRow(row)
    digest = fold(digest, row)
  }
  return bytesToHex(digest)
}

function foldTables(tables: readonly Pick<DumpedTable, 'name' | 'digest'>[]): Hash {
  let digest: Uint8Array = new Uint8Array(32)
  for (const table of tables) digest = keccak256(concatBytes(fold(digest, table.name), hexToBytes(table.digest)))
  return bytesToHex(digest)
}

function fold(digest: Uint8Array, text: string): Uint8Array {
  return keccak256(concatBytes(digest, encoder.encode(text)))
}
