import { keccak256 } from '@crema/protocol'
import { nibbles } from './path.ts'

/** The path of a key in a secure trie: the 64 nibbles of its keccak256. */
export function securePath(key: Uint8Array): Uint8Array {
  return nibbles(keccak256(key))
}
