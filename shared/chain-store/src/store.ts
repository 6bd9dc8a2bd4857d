import { commitBlock } from './chain/commit-block.ts'
import { readGenesis, readHeads, readIdentity, resetFinalized, setHeads } from './chain/heads.ts'
import { initialize } from './chain/initialize.ts'
import { findLogs } from './chain/logs.ts'
import { markPosted } from './chain/mark-posted.ts'
import { readBarePosition, readPosition } from './chain/position.ts'
import { blockByHash, blockByNumber } from './chain/read-block.ts'
import { headerByHash, headerByNumber } from './chain/read-header.ts'
import { depositByAlias, receiptByHash, skippedByHash, transactionByHash } from './chain/read-transaction.ts'
import { rollbackTo } from './chain/rollback.ts'
import { readCode, readNode } from './chain/state.ts'
import { checkStore } from './check.ts'
import type { StoreContext } from './context.ts'
import { digests, dump } from './dump.ts'
import { ChainStoreError } from './errors.ts'
import { addEvidence, listEvidence } from './evidence.ts'
import { throwTyped } from './guard.ts'
import { appendL1 } from './l1/append.ts'
import { readCursor, readL1Block, readL1BlockAtOrBelow, readL1BlockHash } from './l1/cursor.ts'
import { cutL1Above } from './l1/cut.ts'
import { depositEndFor, readDepositCount, readDeposits } from './l1/deposits.ts'
import { readL1Events } from './l1/events.ts'
import { readLeaf, readLeafCount, readLeafHashes } from './l1/leaves.ts'
import { getMeta, setMeta } from './meta.ts'
import { readStats } from './stats.ts'
import { syncStore } from './sync.ts'
import type { ChainIdentity, ChainStore, JsonValue, MetaKey } from './types.ts'

/** The store over an open context. `unlock` is called once, after closing. */
export function createStore(
  context: StoreContext,
  expected: ChainIdentity | undefined,
  unlock: () => void,
): ChainStore {
  const path = context.db.name
  let closed = false

  const run = <T>(action: () => T): T => {
    if (closed) throw new ChainStoreError('CLOSED', 'the store is closed', { details: { path } })
    try {
      return action()
    } catch (error) {
      return throwTyped(error, path)
    }
  }
  const bind =
    <A extends readonly unknown[], R>(operation: (context: StoreContext, ...args: A) => R) =>
    (...args: A): R =>
      run(() => operation(context, ...args))

  return {
    heads: bind(readHeads),
    headerByNumber: bind(headerByNumber),
    headerByHash: bind(headerByHash),
    blockByNumber: bind(blockByNumber),
    blockByHash: bind(blockByHash),
    transactionByHash: bind(transactionByHash),
    receiptByHash: bind(receiptByHash),
    skippedByHash: bind(skippedByHash),
    depositByAlias: bind(depositByAlias),
    logs: bind(findLogs),
    node: bind(readNode),
    code: bind(readCode),

    identity: bind(readIdentity),
    genesis: bind(readGenesis),
    initialize: (genesis) => run(() => initialize(context, genesis, expected)),
    commitBlock: bind(commitBlock),
    rollbackTo: bind(rollbackTo),
    setHeads: bind(setHeads),
    resetFinalized: bind(resetFinalized),
    position: bind(readPosition),
    barePosition: bind(readBarePosition),
    markPosted: bind(markPosted),

    appendL1: bind(appendL1),
    cutL1Above: bind(cutL1Above),
    l1Cursor: bind(readCursor),
    l1Block: bind(readL1Block),
    l1BlockHash: bind(readL1BlockHash),
    l1BlockAtOrBelow: bind(readL1BlockAtOrBelow),
    deposits: bind(readDeposits),
    depositCount: bind(readDepositCount),
    depositEndFor: bind(depositEndFor),
    leaf: bind(readLeaf),
    leafHashes: bind(readLeafHashes),
    leafCount: bind(readLeafCount),
    l1Events: bind(readL1Events),

    addEvidence: bind(addEvidence),
    listEvidence: bind(listEvidence),
    getMeta: <T extends JsonValue>(key: MetaKey<T>) => run(() => getMeta(context, key)),
    setMeta: <T extends JsonValue>(key: MetaKey<T>, value: T | undefined) => run(() => setMeta(context, key, value)),

    atomically: <T>(action: () => T) => run(() => atomically(context, action)),
    sync: bind(syncStore),
    stats: bind(readStats),
    dump: bind(dump),
    digests: bind(digests),
    check: bind(checkStore),
    close() {
      if (closed) return
      closed = true
      context.db.close()
      unlock()
    },
  }
}

function atomically<T>(context: StoreContext, action: () => T): T {
  return context.write(() => {
    const result = action()
    if (result instanceof Promise) {
      result.catch(() => undefined)
      throw new ChainStoreError('ASYNC_ACTION', 'an atomic action cannot wait: its effects were undone')
    }
    return result
  })
}
