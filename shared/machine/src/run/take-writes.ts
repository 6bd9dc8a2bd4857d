import type { StateWrites } from '@crema/protocol'
import { readAccount } from '../state/accounts.ts'
import type { Machine } from '../state/machine.ts'
import { storageTrie } from '../state/storage.ts'
import { commit } from '../trie/commit.ts'

/** Trie nodes and codes that no store holds yet; they count as stored from now on. */
export function takeWrites(m: Machine): StateWrites & { readonly root: Uint8Array } {
  const nodes = new Map<string, Uint8Array>()
  for (const address of m.caches.dirty) {
    const account = readAccount(m, address)
    if (account === undefined) continue
    for (const [hash, node] of commit(storageTrie(m, account)).nodes) nodes.set(hash, node)
  }
  const state = commit(m.state)
  for (const [hash, node] of state.nodes) nodes.set(hash, node)
  const codes = new Map(m.caches.newCodes)
  for (const [hash, code] of codes) m.caches.codes.set(hash, code)
  m.caches.newCodes.clear()
  m.caches.dirty.clear()
  return { root: state.root, nodes, codes }
}
