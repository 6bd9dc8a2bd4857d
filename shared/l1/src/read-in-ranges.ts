import type { Hash } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { L1Error } from './errors.ts'
import { readL1Block } from './l1-block.ts'

/** L1 blocks read again at each look, so that a reorganisation of the newest blocks is noticed. */
const OVERLAP = 64n
/** L1 blocks between two that are remembered by their hashes, so that a deeper one is noticed: less than the overlap. */
const MARK_SPACING = 32n
/** Blocks remembered; a reorganisation below all of them has everything read again. */
const MARKS = 512
const RANGE = 2_000n

/** Something that happened in an L1 block. */
export interface InL1Block {
  readonly l1BlockNumber: bigint
}

/** What L1 held in the blocks `from` to `to`, both included, at one look. */
export interface L1Range<T> {
  readonly from: bigint
  readonly to: bigint
  /** Whether `to` was L1's head: whatever was noted beyond it is gone. */
  readonly newest: boolean
  readonly items: readonly T[]
}

export interface RangeReaderOptions<T> {
  /** First block that can hold anything. */
  readonly fromBlock: bigint
  /** L1 blocks read with one request; default 2,000, what public endpoints allow. */
  readonly rangeBlocks?: bigint
  /** Reads one range. */
  readonly read: (from: bigint, to: bigint) => Promise<readonly T[]>
  /** Takes over a range; the range counts as read when this returns. */
  readonly commit: (range: L1Range<T>) => void | Promise<void>
}

/** Follows L1 in bounded requests. What it has read is kept range by range, so that a failure loses one range. */
export interface RangeReader {
  /** Reads up to L1's head. Throws `L1Error` and what `read` and `commit` throw; the next call goes on from there. */
  refresh(): Promise<void>
  /** Last L1 block read. */
  readTo(): bigint
  /** First block that the next look reads again, unless L1 is reorganised below: what stands before is not announced again. */
  rereadFrom(): bigint
}

/** Creates a reader that has read nothing yet. */
export function createRangeReader<T>(l1: L1Client, options: RangeReaderOptions<T>): RangeReader {
  const { fromBlock, rangeBlocks = RANGE, read, commit } = options
  let readTo = fromBlock - 1n
  /** Blocks up to which all was read, as they were when it was, in order. */
  let marks: readonly { readonly number: bigint; readonly hash: Hash }[] = []
  const startBelow = (block: bigint): bigint => (block - OVERLAP > fromBlock ? block - OVERLAP : fromBlock)

  /** First block that may not be the one that was read: behind the newest mark that L1 still has. */
  async function firstUnmarked(head: bigint): Promise<bigint> {
    for (let mark = marks.at(-1); mark !== undefined; mark = marks.at(-1)) {
      if (mark.number <= head && (await readL1Block(l1, { number: mark.number }))?.hash === mark.hash) break
      marks = marks.slice(0, -1)
    }
    const mark = marks.at(-1)
    return mark === undefined ? fromBlock : mark.number + 1n
  }

  return {
    readTo: () => readTo,
    rereadFrom: () => startBelow(readTo),
    refresh: async () => {
      const head = await readL1Block(l1, { tag: 'latest' })
      if (head === undefined) throw new L1Error('L1_BAD_RESPONSE', 'L1 has no latest block')
      const unmarked = await firstUnmarked(head.number)
      const overlapping = startBelow(readTo < head.number ? readTo : head.number)
      for (let from = unmarked < overlapping ? unmarked : overlapping; from <= head.number; ) {
        const newest = from + rangeBlocks > head.number
        const to = newest ? head.number : from + rangeBlocks - 1n
        // Before its range is read: a block that is replaced meanwhile is not taken for what was read.
        const last = newest ? head : await readL1Block(l1, { number: to })
        await commit({ from, to, newest, items: await read(from, to) })
        readTo = to
        const marked = marks.at(-1)?.number ?? fromBlock - 1n
        if (last !== undefined && to >= marked + MARK_SPACING) marks = [...marks, last].slice(-MARKS)
        from = to + 1n
      }
    },
  }
}

/** `known`, in order, with what stands in the range replaced by what was read there. */
export function replaceRange<T extends InL1Block>(known: Iterable<T>, range: L1Range<T>): T[] {
  const all = [...known]
  const before = all.filter(({ l1BlockNumber }) => l1BlockNumber < range.from)
  const after = range.newest ? [] : all.filter(({ l1BlockNumber }) => l1BlockNumber > range.to)
  return [...before, ...range.items, ...after]
}
