import { type BlockRef, bytesToHex, type Heads } from '@crema/protocol'
import { toCount } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import type { ChainIdentity } from '../types.ts'

interface ChainRow {
  readonly genesis_number: number
  readonly genesis_hash: Buffer
  readonly config_digest: Buffer
  readonly safe_number: number
  readonly finalized_number: number
}

/** The one row that says which chain this is and where its heads are. Throws `NOT_INITIALIZED`. */
function chainRow(context: StoreContext): ChainRow {
  const row = findChainRow(context)
  if (row === undefined)
    throw new ChainStoreError('NOT_INITIALIZED', 'the store holds no chain yet', { details: { path: context.db.name } })
  return row
}

function findChainRow(context: StoreContext): ChainRow | undefined {
  return context
    .statement<ChainRow>(
      'SELECT genesis_number, genesis_hash, config_digest, safe_number, finalized_number FROM chain WHERE id = 1',
    )
    .get()
}

/** Which chain the store holds, or undefined before `initialize`. */
export function readIdentity(context: StoreContext): ChainIdentity | undefined {
  const row = findChainRow(context)
  return row && { genesisHash: bytesToHex(row.genesis_hash), configDigest: bytesToHex(row.config_digest) }
}

/** Throws `CHAIN_MISMATCH` unless both are the same chain. */
export function requireSameChain(path: string, stored: ChainIdentity, expected: ChainIdentity): void {
  if (stored.genesisHash !== expected.genesisHash || stored.configDigest !== expected.configDigest)
    throw new ChainStoreError('CHAIN_MISMATCH', 'the store holds another chain', {
      details: { path, stored, expected },
    })
}

/** The first block. */
export function readGenesis(context: StoreContext): BlockRef {
  const row = chainRow(context)
  return { number: BigInt(row.genesis_number), hash: bytesToHex(row.genesis_hash) }
}

/** A stored block's number and hash; undefined when no such block is stored. */
export function readRef(context: StoreContext, number: bigint): BlockRef | undefined {
  if (number < 0n || number > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  const row = context.statement<{ hash: Buffer }>('SELECT hash FROM blocks WHERE number = ?').get(Number(number))
  return row && { number, hash: bytesToHex(row.hash) }
}

/** The newest block. Throws `NOT_INITIALIZED`. */
export function readLatest(context: StoreContext): BlockRef {
  const row = context
    .statement<{ number: number; hash: Buffer }>('SELECT number, hash FROM blocks ORDER BY number DESC LIMIT 1')
    .get()
  if (row !== undefined) return { number: BigInt(row.number), hash: bytesToHex(row.hash) }
  chainRow(context)
  throw new ChainStoreError('STORE_CORRUPT', 'the store has a genesis but no block', {
    details: { path: context.db.name },
  })
}

/** All three heads. Throws `NOT_INITIALIZED`. */
export function readHeads(context: StoreContext): Heads {
  return context.read(() => {
    const row = chainRow(context)
    const at = (number: number): BlockRef => {
      const ref = readRef(context, BigInt(number))
      if (ref !== undefined) return ref
      throw new ChainStoreError('STORE_CORRUPT', 'a head points to no block', {
        details: { path: context.db.name, number },
      })
    }
    return { latest: readLatest(context), safe: at(row.safe_number), finalized: at(row.finalized_number) }
  })
}

/** See {@link ChainStore.setHeads}. */
export function setHeads(
  context: StoreContext,
  next: { readonly safe?: BlockRef; readonly finalized?: BlockRef },
): void {
  context.write(() => {
    const heads = readHeads(context)
    if (next.finalized !== undefined && next.finalized.number < heads.finalized.number)
      throw new ChainStoreError('FINALIZED_REGRESSED', 'finalized cannot move back', {
        details: { finalized: heads.finalized, next: next.finalized },
      })
    writeHeads(context, { ...heads, ...defined(next) })
  })
}

/** See {@link ChainStore.resetFinalized}. */
export function resetFinalized(context: StoreContext, block: BlockRef): void {
  context.write(() => {
    const heads = readHeads(context)
    writeHeads(context, { ...heads, safe: heads.safe.number > block.number ? block : heads.safe, finalized: block })
  })
}

function defined(heads: { readonly safe?: BlockRef; readonly finalized?: BlockRef }): Partial<Heads> {
  return {
    ...(heads.safe === undefined ? {} : { safe: heads.safe }),
    ...(heads.finalized === undefined ? {} : { finalized: heads.finalized }),
  }
}

function writeHeads(context: StoreContext, { latest, safe, finalized }: Heads): void {
  for (const ref of [safe, finalized]) {
    const stored = readRef(context, ref.number)
    if (stored?.hash !== ref.hash)
      throw new ChainStoreError('UNKNOWN_BLOCK', 'a head must be a block of this chain', { details: { ref, stored } })
  }
  if (finalized.number > safe.number || safe.number > latest.number)
    throw new ChainStoreError('HEADS_OUT_OF_ORDER', 'heads must ascend from finalized over safe to latest', {
      details: { latest, safe, finalized },
    })
  context
    .statement('UPDATE chain SET safe_number = ?, finalized_number = ? WHERE id = 1')
    .run(toCount(safe.number), toCount(finalized.number))
}
