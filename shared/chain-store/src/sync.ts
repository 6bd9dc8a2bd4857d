import type { StoreContext } from './context.ts'
import { ChainStoreError } from './errors.ts'

/** See {@link ChainStore.sync}: a full checkpoint syncs the write-ahead log, then the database. */
export function syncStore(context: StoreContext): void {
  if (context.readonly) throw new ChainStoreError('READONLY', 'the store was opened read-only')
  const [result] = context.db.pragma('wal_checkpoint(FULL)') as { busy: number }[]
  if (result?.busy !== 0)
    throw new ChainStoreError('STORE_BUSY', 'a reader keeps the log from being checkpointed', { retryable: true })
}
