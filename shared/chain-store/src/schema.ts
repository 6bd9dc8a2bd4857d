import type { Address, Hash, LeafKind } from '@crema/protocol'
import { customType, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes, count, hex, quantity } from './columns.ts'

const leafKind = customType<{ data: LeafKind; driverData: number }>({
  dataType: () => 'integer',
  fromDriver: (value) => (value === 0 ? 0 : 1),
})
const hash = (name: string) => hex(name).$type<Hash>()
const address = (name: string) => hex(name).$type<Address>()

// What drizzle queries. The hot tables (blocks, transactions, logs, skipped, state_nodes, codes, payloads) are read and written by raw
// statements: drizzle's mapping costs several times the statement itself there. migrations/*.sql creates all tables.

export const l1Blocks = sqliteTable('l1_blocks', {
  number: count('number').primaryKey(),
  hash: hash('hash').notNull(),
  parentHash: hash('parent_hash').notNull(),
  timestamp: count('timestamp').notNull(),
  baseFee: quantity('base_fee').notNull(),
  mixHash: hash('mix_hash').notNull(),
})

export const deposits = sqliteTable('deposits', {
  index: count('deposit_index').primaryKey(),
  from: address('sender').notNull(),
  to: address('recipient'),
  mint: quantity('mint').notNull(),
  value: quantity('value').notNull(),
  gasLimit: count('gas_limit').notNull(),
  data: bytes('data').notNull(),
  l1BlockNumber: count('l1_block_number').notNull(),
  l1BlockHash: hash('l1_block_hash').notNull(),
  l1Timestamp: count('l1_timestamp').notNull(),
  l1TransactionHash: hash('l1_transaction_hash').notNull(),
  l1LogIndex: integer('l1_log_index').notNull(),
})

export const leaves = sqliteTable('leaves', {
  index: count('leaf_index').primaryKey(),
  leafHash: hash('leaf_hash').notNull(),
  kind: leafKind('kind').notNull(),
  sequencerHeight: quantity('sequencer_height').notNull(),
  timestamp: count('timestamp').notNull(),
  originNumber: count('origin_number').notNull(),
  originHash: hash('origin_hash').notNull(),
  originTimestamp: count('origin_timestamp').notNull(),
  originBaseFee: quantity('origin_base_fee').notNull(),
  prevRandao: hash('prev_randao').notNull(),
  payloadHash: hash('payload_hash').notNull(),
  txCount: count('tx_count').notNull(),
  txRoot: hash('tx_root').notNull(),
  depositStart: count('deposit_start').notNull(),
  depositEnd: count('deposit_end').notNull(),
  depositRoot: hash('deposit_root').notNull(),
  payloadId: integer('payload_id').notNull(),
  laneHeight: count('lane_height').notNull(),
  laneTip: hash('lane_tip').notNull(),
  l1BlockNumber: count('l1_block_number').notNull(),
  l1BlockHash: hash('l1_block_hash').notNull(),
  l1TransactionHash: hash('l1_transaction_hash').notNull(),
  inboxRoot: hash('inbox_root'),
})

export const l1Events = sqliteTable(
  'l1_events',
  {
    l1BlockNumber: count('l1_block_number').notNull(),
    l1LogIndex: integer('l1_log_index').notNull(),
    kind: text('kind').notNull(),
    key: text('key').notNull(),
    data: text('data').notNull(),
    l1BlockHash: hash('l1_block_hash').notNull(),
    l1TransactionHash: hash('l1_transaction_hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.l1BlockNumber, table.l1LogIndex] })],
)

export const evidence = sqliteTable('evidence', {
  id: integer('id').primaryKey(),
  digest: hash('digest').notNull(),
  kind: text('kind').notNull(),
  laneHeight: quantity('lane_height'),
  sequencerHeight: quantity('sequencer_height'),
  first: text('first').notNull(),
  second: text('second').notNull(),
  at: integer('at').notNull(),
})

export const meta = sqliteTable('meta', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})
