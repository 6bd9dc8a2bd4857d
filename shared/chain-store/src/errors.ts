import { CremaError, type CremaErrorOptions } from '@crema/protocol'

/** Codes of {@link ChainStoreError}. */
export type ChainStoreErrorCode =
  /** The file is damaged or is no SQLite database. */
  | 'STORE_CORRUPT'
  /** The file is a database of something else. */
  | 'NOT_A_CHAIN_STORE'
  /** The file was written by newer code. */
  | 'SCHEMA_TOO_NEW'
  /** A read-only store whose file still needs migrations. */
  | 'SCHEMA_TOO_OLD'
  /** Another process writes this store. */
  | 'STORE_LOCKED'
  /** Disk full, permission, input or output failure. */
  | 'STORE_IO'
  | 'STORE_BUSY'
  | 'READONLY'
  | 'CLOSED'
  | 'NOT_INITIALIZED'
  | 'CHAIN_MISMATCH'
  | 'NOT_NEXT_BLOCK'
  | 'BAD_BLOCK'
  | 'UNKNOWN_BLOCK'
  | 'ROLLBACK_BELOW_FINALIZED'
  | 'FINALIZED_REGRESSED'
  | 'HEADS_OUT_OF_ORDER'
  | 'LEAF_MISMATCH'
  | 'L1_NOT_CONNECTED'
  | 'L1_GAP'
  | 'L1_NOT_FOLLOWED'
  | 'MISSING_DEPOSIT'
  | 'LOG_FILTER_TOO_LARGE'
  /** The same thing twice, such as two events at one place of L1. */
  | 'DUPLICATE'
  /** A number does not fit its column. */
  | 'VALUE_RANGE'
  /** `atomically` was given an asynchronous action. */
  | 'ASYNC_ACTION'

/** A call that the store refused, or a fault of the file below it. */
export class ChainStoreError extends CremaError {
  override readonly name = 'ChainStoreError'

  constructor(code: ChainStoreErrorCode, message: string, options: CremaErrorOptions = {}) {
    super(code, message, options)
  }
}
