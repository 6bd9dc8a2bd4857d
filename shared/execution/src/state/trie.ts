import { keccak256 } from '@crema/protocol'
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { ValueEncoding } from '@ethereumjs/util'
import type { NodeOverlay } from './node-overlay.ts'

/** The secure trie (keys are hashed) with `root` over the nodes of `overlay`; nodes are never pruned. */
export function openTrie(overlay: NodeOverlay, root: Uint8Array): MerklePatriciaTrie {
  return new MerklePatriciaTrie({
    db: overlay,
    root,
    useKeyHashing: true,
    useKeyHashingFunction: keccak256,
    valueEncoding: ValueEncoding.Bytes,
  })
}

/** Writes `updates` (hex keys without prefix; undefined deletes) and returns the new root. */
export async function updateTrie(
  overlay: NodeOverlay,
  root: Uint8Array,
  updates: ReadonlyMap<string, Uint8Array | undefined>,
): Promise<Uint8Array> {
  const trie = openTrie(overlay, root)
  for (const [key, value] of updates) {
    const bytes = new Uint8Array(Buffer.from(key, 'hex'))
    if (value === undefined) await trie.del(bytes)
    else await trie.put(bytes, value)
  }
  return trie.root()
}
