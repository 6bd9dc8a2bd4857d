import { RLP } from '@ethereumjs/rlp'

type Item = Uint8Array | Item[]

/**
 * The nodes of `fresh` that the trie under `root` consists of; what a batch of updates built and replaced again is left out.
 * Nodes outside `fresh` are not followed: they belong to the parent state. `onLeaf` gets each new leaf's value.
 */
export function collectReachable(
  root: string,
  fresh: ReadonlyMap<string, Uint8Array>,
  into: Map<string, Uint8Array>,
  onLeaf?: (value: Uint8Array) => void,
): void {
  const visitHash = (hash: string): void => {
    const node = fresh.get(hash)
    if (node === undefined || (into.has(hash) && onLeaf === undefined)) return
    into.set(hash, node)
    visit(RLP.decode(node) as Item[])
  }
  const visit = (node: Item[]): void => {
    if (node.length === 17) {
      for (let i = 0; i < 16; i++) visitChild(node[i]!)
      return
    }
    const [path, next] = node as [Uint8Array, Item]
    if ((path[0]! & 0x20) === 0) visitChild(next)
    else onLeaf?.(next as Uint8Array)
  }
  const visitChild = (child: Item): void => {
    if (Array.isArray(child)) visit(child)
    else if (child.length === 32) visitHash(Buffer.from(child.buffer, child.byteOffset, 32).toString('hex'))
  }
  visitHash(root)
}
