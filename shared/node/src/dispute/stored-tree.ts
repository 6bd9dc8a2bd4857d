import { setImmediate as nextTurn } from 'node:timers/promises'
import { bytesToHex, emptySubtrees, type Hash, hexToBytes, limits, merkleNode } from '@crema/protocol'
import { createRecent } from './recent.ts'

/** Height of the lowest nodes that stay in memory: each stands for 256 leaves. */
const KEPT = 8
const WIDTH = 2 ** KEPT
/** Runs of leaves whose nodes stay in memory after they were asked for. */
const RECENT = 32

/** Leaves of an append-only tree as a store holds them. */
export interface StoredLeaves {
  /** Leaves stored now. */
  count(): number
  /** Hashes of the leaves with start ≤ index < end, all of which are stored. */
  hashes(start: number, end: number): readonly Hash[]
  /** Names leaf `index` and everything before it: L1's block of it, which commits to all that came before. */
  mark(index: number): Hash | undefined
}

/** Roots and proofs over the first leaves of a store. */
export interface StoredTree {
  /**
   * Takes in the leaves up to `count`, after it has forgotten those that the store took back. False when there are fewer. Gives way to
   * other work; two keccak256 a leaf, each leaf once.
   */
  read(count: number): Promise<boolean>
  /** Root over the first `count` leaves, which must be read. */
  root(count: number): Hash
  /** 32 siblings, from the leaf up, of leaf `index` in the tree of the first `count` leaves, which must be read. At most 256 + 32 hashes. */
  proof(index: number, count: number): Hash[]
}

/**
 * An append-only tree of depth 32 over a store's leaves that keeps in memory but the nodes above each 256 leaves: a quarter byte for a leaf.
 * What is below is hashed again when it is asked for.
 */
export function createStoredTree(leaves: StoredLeaves): StoredTree {
  // levels[h][i] is the node of height KEPT + h over the i-th run of 2^(KEPT + h) leaves, kept once all of them are read.
  const levels: Uint8Array[][] = [[]]
  const marks: Hash[] = []
  const recent = createRecent<readonly (readonly Uint8Array[])[]>(RECENT)

  /** Forgets runs that the store took back. */
  function cut(): void {
    const isSound = (run: number) => leaves.mark((run + 1) * WIDTH - 1) === marks[run]
    if (marks.length === 0 || isSound(marks.length - 1)) return
    // A mark commits to all before it, so the first run that does not hold is found by halving.
    let low = 0
    let high = marks.length - 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (isSound(middle)) low = middle + 1
      else high = middle
    }
    marks.length = low
    for (const [height, level] of levels.entries()) level.length = Math.floor(low / 2 ** height)
  }

  function append(top: Uint8Array): void {
    let node = top
    for (let height = 0; ; height++) {
      if (height === levels.length) levels.push([])
      const level = levels[height]!
      level.push(node)
      if (level.length % 2 === 1) return
      node = merkleNode(level.at(-2)!, level.at(-1)!)
    }
  }

  /** Nodes above the leaves of a run, of which only those below `count` exist. */
  function nodesOf(run: number, count: number): readonly (readonly Uint8Array[])[] {
    const start = run * WIDTH
    const end = Math.min(start + WIDTH, count)
    return recent.get(`${start} ${end} ${leaves.mark(end - 1)}`, () =>
      levelsOver(leaves.hashes(start, end).map(hexToBytes)),
    )
  }

  /** Node of at least height {@link KEPT}. */
  function nodeAt(height: number, i: number, count: number): Uint8Array {
    const width = 2 ** height
    if (i * width >= count) return emptySubtrees[height]!
    const kept = (i + 1) * width <= count ? levels[height - KEPT]?.[i] : undefined
    if (kept !== undefined) return kept
    if (height === KEPT) return nodesOf(i, count)[KEPT]![0]!
    return merkleNode(nodeAt(height - 1, 2 * i, count), nodeAt(height - 1, 2 * i + 1, count))
  }

  return {
    async read(count) {
      cut()
      while ((marks.length + 1) * WIDTH <= count) {
        const run = marks.length
        const end = (run + 1) * WIDTH
        const mark = leaves.count() < end ? undefined : leaves.mark(end - 1)
        if (mark === undefined) return false
        append(levelsOver(leaves.hashes(end - WIDTH, end).map(hexToBytes))[KEPT]![0]!)
        marks.push(mark)
        await nextTurn()
        // The node goes on meanwhile, and may follow another fork now.
        cut()
      }
      return leaves.count() >= count
    },
    root: (count) => bytesToHex(nodeAt(limits.appendOnlyTreeDepth, 0, count)),
    proof(index, count) {
      const below = nodesOf(Math.floor(index / WIDTH), count)
      return Array.from({ length: limits.appendOnlyTreeDepth }, (_, height) => {
        const node = Math.floor(index / 2 ** height)
        const sibling = node % 2 === 0 ? node + 1 : node - 1
        if (height >= KEPT) return bytesToHex(nodeAt(height, sibling, count))
        return bytesToHex(below[height]![sibling % 2 ** (KEPT - height)] ?? emptySubtrees[height]!)
      })
    },
  }
}

/** Levels 0 to {@link KEPT} above at most {@link WIDTH} leaves. */
function levelsOver(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const levels = [[...leaves]]
  for (let height = 0; height < KEPT; height++) {
    const below = levels[height]!
    const level: Uint8Array[] = []
    for (let i = 0; i < below.length; i += 2) level.push(merkleNode(below[i]!, below[i + 1] ?? emptySubtrees[height]!))
    levels.push(level)
  }
  return levels
}
