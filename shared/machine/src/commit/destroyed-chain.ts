import { hexToBytes, tags } from '@crema/protocol'
import type { Destroyed } from '../state/snapshot.ts'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'
import { zeroWord } from './stack-chain.ts'

const tag = hexToBytes(tags.destroyed)
const known = new WeakMap<Destroyed, Uint8Array>()

/** Chain of the contracts to delete, the latest outermost: `H(destroyed, rest, address)`, end 0. */
export function destroyedChain(list: Destroyed | undefined): Uint8Array {
  const unknown: Destroyed[] = []
  let at = list
  while (at !== undefined && !known.has(at)) {
    unknown.push(at)
    at = at.next
  }
  let hash = at === undefined ? zeroWord : known.get(at)!
  for (const item of unknown.reverse()) {
    hash = hashWordBytes(tag, encodeWords([hash, item.address]))
    known.set(item, hash)
  }
  return hash
}
