import { bytesToHex, CremaError, type Hash } from '@crema/protocol'

/** The store lacks a node that an operation needs. `hash` names it; the tries are as they were before the operation. */
export class MissingNodeError extends CremaError {
  override readonly name = 'MissingNodeError'
  readonly hash: Hash

  /** @param depth Nibbles above the node, which tell a pruned root (0) from a hole. */
  constructor(hash: Uint8Array, depth: number) {
    const text = bytesToHex(hash)
    super('MISSING_NODE', `trie node ${text} is not in the store`, { details: { hash: text, depth } })
    this.hash = text
  }
}

/** Stored bytes that are no canonical node, or a key that the trie cannot hold. */
export class TrieError extends CremaError {
  override readonly name = 'TrieError'
}
