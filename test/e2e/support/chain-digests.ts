import { join } from 'node:path'
import { openChainStore } from '@crema/chain-store'

/** Digests of the chain tables of a stopped node's database, which is checked as a whole. */
export function chainDigests(dataDir: string): Readonly<Record<string, string>> {
  const store = openChainStore({ path: join(dataDir, 'chain.sqlite') })
  try {
    store.check()
    return store.digests().tables
  } finally {
    store.close()
  }
}

/** Rows of one table of a stopped node's database, to show where two differ. */
export function chainRows(dataDir: string, table: string): readonly string[] {
  const store = openChainStore({ path: join(dataDir, 'chain.sqlite') })
  try {
    return store.dump().tables.find(({ name }) => name === table)!.rows
  } finally {
    store.close()
  }
}
