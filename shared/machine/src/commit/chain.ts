import { zeroWord } from './stack-chain.ts'

/**
 * Hashes of a list's ends: entry i is the chain of the items from i on, the first outermost; the last entry is 0. `link` hashes an item and the
 * chain behind it.
 */
export function chainOf<T>(items: readonly T[], link: (item: T, rest: Uint8Array) => Uint8Array): Uint8Array[] {
  const chain = new Array<Uint8Array>(items.length + 1)
  chain[items.length] = zeroWord
  for (let i = items.length - 1; i >= 0; i--) chain[i] = link(items[i]!, chain[i + 1]!)
  return chain
}
