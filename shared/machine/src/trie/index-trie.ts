import { encodeRlp, integerToRlp } from '@crema/protocol'
import { rootHash } from './hash.ts'
import type { NodeStore, Trie } from './node.ts'
import { nibbles } from './path.ts'
import { put } from './put.ts'

/** The path of index `i` in the transactions' and receipts' tries: the nibbles of rlp(i), which are prefix-free. */
export function indexPath(index: number): Uint8Array {
  return nibbles(encodeRlp(integerToRlp(index)))
}

/** The trie of `values` by index (yellow paper, 4.3.2), wholly in memory. */
export function indexTrie(values: readonly Uint8Array[]): Trie {
  let trie: Trie
  for (const [index, value] of values.entries()) trie = put(noStore, trie, indexPath(index), value)
  return trie
}

/** transactionsRoot or receiptsRoot of the encoded transactions or receipts. */
export function indexTrieRoot(values: readonly Uint8Array[]): Uint8Array {
  return rootHash(indexTrie(values))
}

const noStore: NodeStore = { node: () => undefined }
