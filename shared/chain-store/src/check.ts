import { bytesToHex, decodeHeader, type Hash, keccak256Hex } from '@crema/protocol'
import { readHeads, readIdentity } from './chain/heads.ts'
import type { StoreContext } from './context.ts'
import { ChainStoreError } from './errors.ts'
import { decodeStored } from './guard.ts'

/** See {@link ChainStore.check}. */
export function checkStore(context: StoreContext): void {
  const fail = (message: string, details: Readonly<Record<string, unknown>>): never => {
    throw new ChainStoreError('STORE_CORRUPT', message, { details: { path: context.db.name, ...details } })
  }
  context.read(() => {
    const report = context.db.pragma('quick_check(1)', { simple: true })
    if (report !== 'ok') fail('SQLite found damage', { report })
    const identity = readIdentity(context)
    if (identity === undefined) return
    let parent: { readonly number: number; readonly hash: Hash } | undefined
    const rows = context.db
      .prepare<[], { number: number; hash: Buffer; header: Buffer }>(
        'SELECT number, hash, header FROM blocks ORDER BY number',
      )
      .iterate()
    for (const row of rows) {
      const { number } = row
      const hash = bytesToHex(row.hash)
      const header = decodeStored('header', { number }, () => decodeHeader(row.header))
      if (keccak256Hex(row.header) !== hash || header.number !== BigInt(number))
        fail('a header was changed', { number })
      if (parent === undefined && hash !== identity.genesisHash) fail('the first block is not the genesis', { number })
      if (parent !== undefined && (header.parentHash !== parent.hash || number !== parent.number + 1))
        fail('a block does not follow its parent', { number })
      parent = { number, hash }
    }
    const { latest, safe, finalized } = readHeads(context)
    if (finalized.number > safe.number || safe.number > latest.number)
      fail('heads are out of order', { safe, finalized })
  })
}
