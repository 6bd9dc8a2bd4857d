import { createTree, type Hash, keccak256Hex } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStoredTree, type StoredLeaves } from '../../src/dispute/stored-tree.ts'

const hash = (text: string): Hash => keccak256Hex(new TextEncoder().encode(text))

/** Leaves in memory whose marks commit to all before them. */
function leavesOf(initial: readonly Hash[]) {
  let leaves = [...initial]
  let read = 0
  const markOf = (index: number): Hash | undefined =>
    index < leaves.length ? hash(leaves.slice(0, index + 1).join()) : undefined
  const stored: StoredLeaves = {
    count: () => leaves.length,
    hashes(start, end) {
      read += end - start
      return leaves.slice(start, end)
    },
    mark: markOf,
  }
  return {
    stored,
    replace: (other: readonly Hash[]) => (leaves = [...other]),
    get read() {
      return read
    },
  }
}

const made = (count: number, name = ''): Hash[] => Array.from({ length: count }, (_, i) => hash(`${name}${i}`))

describe('createStoredTree', () => {
  const all = made(1_500)
  const expected = createTree(all)

  it.each([1, 2, 255, 256, 257, 511, 512, 513, 1_024, 1_500])('has root and proofs over %i leaves', async (count) => {
    const tree = createStoredTree(leavesOf(all).stored)
    expect(await tree.read(count)).toBe(true)
    expect(tree.root(count)).toBe(expected.root(count))
    for (const index of [0, 1, 254, 255, 256, 300, 511, 512, 1_023, count - 1].filter((each) => each < count)) {
      expect(tree.proof(index, count), `${index}`).toEqual(expected.proof(index, count))
    }
  })

  it('answers for any number of its leaves', async () => {
    const tree = createStoredTree(leavesOf(all).stored)
    await tree.read(all.length)
    const places = fc
      .integer({ min: 1, max: all.length })
      .chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1)))
    fc.assert(
      fc.property(places, ([count, index]) => {
        expect(tree.root(count)).toBe(expected.root(count))
        expect(tree.proof(index, count)).toEqual(expected.proof(index, count))
      }),
      { numRuns: 60 },
    )
  })

  it('says that the store has fewer leaves', async () => {
    const tree = createStoredTree(leavesOf(all.slice(0, 600)).stored)
    expect(await tree.read(601)).toBe(false)
    expect(await tree.read(1_400)).toBe(false)
    expect(await tree.read(600)).toBe(true)
    expect(tree.root(600)).toBe(expected.root(600))
  })

  it('reads every leaf once', async () => {
    const leaves = leavesOf(all)
    const tree = createStoredTree(leaves.stored)
    for (const count of [300, 900, 1_280, 1_280]) await tree.read(count)
    expect(leaves.read).toBe(1_280)
  })

  it.each([0, 255, 256, 700, 1_279, 1_499])('follows a fork from leaf %i on', async (at) => {
    const leaves = leavesOf(all)
    const tree = createStoredTree(leaves.stored)
    await tree.read(all.length)
    tree.proof(at, all.length)
    const fork = [...all.slice(0, at), ...made(1_400 - Math.min(at, 1_399), 'fork')]
    leaves.replace(fork)
    const other = createTree(fork)
    expect(await tree.read(fork.length)).toBe(true)
    expect(tree.root(fork.length)).toBe(other.root())
    for (const index of [0, Math.min(at, fork.length - 1), fork.length - 1]) {
      expect(tree.proof(index, fork.length)).toEqual(other.proof(index))
    }
  })
})
