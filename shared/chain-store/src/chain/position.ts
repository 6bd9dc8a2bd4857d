import { bytesToHex } from '@crema/protocol'
import { fromQuantity, toBlob, toCount, toQuantity } from '../columns.ts'
import type { SqlValue, StoreContext } from '../context.ts'
import type { BlockPosition } from '../types.ts'
import { loadPayload } from './payloads.ts'

interface PositionRow {
  readonly timestamp: number
  readonly sequencer_height: Buffer
  readonly lane_height: number
  readonly lane_tip: Buffer
  readonly kind: number
  readonly origin_number: number
  readonly origin_hash: Buffer
  readonly origin_timestamp: number
  readonly origin_base_fee: Buffer
  readonly origin_mix_hash: Buffer
  readonly deposit_end: number
  readonly payload_hash: Buffer
  readonly payload_id: number | null
  readonly leaf_hash: Buffer | null
  readonly gas_since_genesis: Buffer
  readonly genesis_number: number
}

/** Columns of a position in table `blocks`, in the order of {@link positionValues}. */
export const positionColumns = [
  'timestamp',
  'sequencer_height',
  'lane_height',
  'lane_tip',
  'kind',
  'origin_number',
  'origin_hash',
  'origin_timestamp',
  'origin_base_fee',
  'origin_mix_hash',
  'deposit_end',
  'payload_hash',
  'leaf_hash',
  'gas_since_genesis',
] as const

/** Values of {@link positionColumns}. Throws `VALUE_RANGE`. */
export function positionValues(position: BlockPosition): SqlValue[] {
  return [
    toCount(position.timestamp),
    toQuantity(position.sequencerHeight),
    toCount(position.laneHeight),
    toBlob(position.laneTip),
    position.kind,
    toCount(position.origin.number),
    toBlob(position.origin.hash),
    toCount(position.origin.timestamp),
    toQuantity(position.origin.baseFee),
    toBlob(position.origin.mixHash),
    toCount(position.depositEnd),
    toBlob(position.payloadHash),
    position.leafHash === undefined ? null : toBlob(position.leafHash),
    toQuantity(position.gasSinceGenesis),
  ]
}

/** See {@link ChainStore.position}. */
export function readPosition(context: StoreContext, number: bigint): BlockPosition | undefined {
  return context.read(() => {
    const row = positionRow(context, number)
    if (row === undefined) return undefined
    return {
      ...positionOf(row, number),
      ...(row.payload_id === null ? {} : { payload: loadPayload(context, row.payload_id) }),
    }
  })
}

/** The position without its payload, which is the costly part. */
export function readBarePosition(context: StoreContext, number: bigint): BlockPosition | undefined {
  const row = positionRow(context, number)
  return row && positionOf(row, number)
}

function positionRow(context: StoreContext, number: bigint): PositionRow | undefined {
  if (number < 0n || number > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return context
    .statement<PositionRow>(
      `SELECT ${positionColumns.join(', ')}, payload_id, (SELECT genesis_number FROM chain) AS genesis_number
       FROM blocks WHERE number = ?`,
    )
    .get(Number(number))
}

function positionOf(row: PositionRow, number: bigint): BlockPosition {
  return {
    sequencerHeight: fromQuantity(row.sequencer_height),
    laneHeight: BigInt(row.lane_height),
    laneTip: bytesToHex(row.lane_tip),
    kind: row.kind === 0 ? 0 : 1,
    timestamp: BigInt(row.timestamp),
    origin: {
      number: BigInt(row.origin_number),
      hash: bytesToHex(row.origin_hash),
      timestamp: BigInt(row.origin_timestamp),
      baseFee: fromQuantity(row.origin_base_fee),
      mixHash: bytesToHex(row.origin_mix_hash),
    },
    depositEnd: BigInt(row.deposit_end),
    inboxIndex: number - BigInt(row.genesis_number) - 1n,
    payloadHash: bytesToHex(row.payload_hash),
    ...(row.leaf_hash === null ? {} : { leafHash: bytesToHex(row.leaf_hash) }),
    gasSinceGenesis: fromQuantity(row.gas_since_genesis),
  }
}
