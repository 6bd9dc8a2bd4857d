import type { Address, Hash, Hex } from '@crema/protocol'
import { customType, index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import type { IntentFailure, IntentReceipt, IntentState } from './types.ts'

/** Non-negative integer of any size as decimal text: wei exceed SQLite's 64 bits. */
const decimal = customType<{ data: bigint; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => value.toString(),
  fromDriver: (value) => BigInt(value),
})

const bigintTag = '#bigint:'

/** JSON with bigints tagged, so that they come back as bigints. */
const json = <T>() =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${bigintTag}${item}` : item)),
    fromDriver: (value) =>
      JSON.parse(value, (_, item) =>
        typeof item === 'string' && item.startsWith(bigintTag) ? BigInt(item.slice(bigintTag.length)) : item,
      ),
  })

/** Table `intents`; made by the files in migrations. */
export const intents = sqliteTable(
  'intents',
  {
    key: text().primaryKey(),
    chainId: integer('chain_id').notNull(),
    sender: text().$type<Address>().notNull(),
    to: text('to_address').$type<Address>().notNull(),
    data: text().$type<Hex>().notNull(),
    valueWei: decimal('value_wei').notNull(),
    callHash: text('call_hash').$type<Hash>().notNull(),
    gasLimit: decimal('gas_limit'),
    deadlineMs: integer('deadline_ms'),
    state: text().$type<IntentState>().notNull(),
    nonce: integer(),
    cancelRequested: integer('cancel_requested', { mode: 'boolean' }).notNull(),
    receipt: json<IntentReceipt>()('receipt'),
    error: json<IntentFailure>()('error'),
    createdAtMs: integer('created_at_ms').notNull(),
    updatedAtMs: integer('updated_at_ms').notNull(),
  },
  (table) => [
    index('intents_by_state').on(table.chainId, table.sender, table.state),
    index('intents_by_nonce').on(table.chainId, table.sender, table.nonce),
  ],
)

/** Table `attempts`. */
export const attempts = sqliteTable(
  'attempts',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    hash: text().$type<Hash>().notNull(),
    key: text()
      .notNull()
      .references(() => intents.key),
    nonce: integer().notNull(),
    purpose: text().$type<'call' | 'cancel'>().notNull(),
    raw: text().$type<Hex>().notNull(),
    gasLimit: decimal('gas_limit').notNull(),
    tipWei: decimal('tip_wei').notNull(),
    feeCapWei: decimal('fee_cap_wei').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [unique().on(table.key, table.hash)],
)
