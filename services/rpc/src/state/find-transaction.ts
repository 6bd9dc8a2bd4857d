import type { ChainReader, Hash, LocatedTransaction } from '@crema/protocol'
import { formatReceipt } from '../format/receipt.ts'

/** Transaction by its hash, or a deposit by the hash that OP Stack tools compute for it. */
export function findTransaction(chain: ChainReader, hash: Hash): LocatedTransaction | undefined {
  return chain.transactionByHash(hash) ?? viaAlias(chain, hash, (own) => chain.transactionByHash(own))
}

/** Receipt as JSON, by either hash. */
export function findReceipt(chain: ChainReader, hash: Hash) {
  const located = chain.receiptByHash(hash) ?? viaAlias(chain, hash, (own) => chain.receiptByHash(own))
  if (located === undefined) return undefined
  const header = chain.headerByHash(located.blockHash)
  return header === undefined ? undefined : formatReceipt(located, header.timestamp)
}

function viaAlias<T>(chain: ChainReader, alias: Hash, find: (hash: Hash) => T | undefined): T | undefined {
  const own = chain.depositByAlias(alias)
  return own === undefined ? undefined : find(own)
}
