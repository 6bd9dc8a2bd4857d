import { hexToBytes, tags } from '@crema/protocol'
import type { WarmItem } from '../state/machine.ts'
import { chainOf } from './chain.ts'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'

const tag = hexToBytes(tags.warmItem)

/** Entry i: the chain of the items that are cold when i of them are warm. `H(warmItem, isSlot, address, slot, rest)`, end 0. */
export function warmChain(items: readonly WarmItem[]): Uint8Array[] {
  return chainOf(items, ({ address, slot }, rest) =>
    hashWordBytes(tag, encodeWords([slot !== undefined, address, slot ?? 0n, rest])),
  )
}
