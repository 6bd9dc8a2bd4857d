import { blockStatus, hashWords, keccak256, merkleRoot, stateHash, tags } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { beforeStep } from '../../src/commit/before-step.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine, emptySections } from '../../src/commit/machine-hash.ts'
import { hashMachineWords, machineWords } from '../../src/commit/machine-words.ts'
import { type Machine, status } from '../../src/state/machine.ts'
import { microOp } from '../../src/step/micro-op.ts'
import { randomSource } from '../trie/support.ts'
import { type Chain, createChain, makeAuthorized, makeDeposit, makeEntries, runBlock, text } from './support.ts'

/** The commitment that a committer without any past makes. */
const fresh = (m: Machine): string => text(commitMachine(createCommitter(), m))

/** Runs blocks of seed `seed` and commits after every step; every `stride`-th step anew too. Returns how often each op was due. */
async function runChain(seed: number, stride: number, each: (chain: Chain, hash: string) => void = () => {}) {
  const random = randomSource(seed)
  const chain = await createChain(random)
  const { machine: m } = chain
  const c = createCommitter()
  const due = new Map<number, number>()
  const nonces = [0n, 0n, 0n]
  let steps = 0
  let last: string | undefined
  for (let i = 0; i < 3; i++) {
    const deposits = Array.from({ length: random() % 3 }, (_, j) => makeDeposit(random, 3 + j))
    const entries = makeEntries(random, nonces, 1 + (random() % 6))
    if (i === 1) entries.push(makeAuthorized(nonces[2]!++))
    runBlock(chain, entries, deposits, {
      between: () => {
        const hash = text(commitMachine(c, m))
        // What is due is no part of the state between two segments, nor between blocks.
        if (last !== undefined) expect(hash).toBe(last)
        expect(fresh(m)).toBe(hash)
      },
      before: () => beforeStep(c, m),
      after: () => {
        last = text(commitMachine(c, m))
        const count = (due.get(m.x.op) ?? 0) + 1
        due.set(m.x.op, count)
        // Every op's first ones; deep stacks of frames take long to commit to anew.
        const rate = count <= 30 ? 1 : m.callers.length > 8 ? 500 * stride : stride
        if (steps++ % rate === 0) {
          expect(fresh(m), `op ${m.x.op}`).toBe(last)
          if (m.status !== status.blockEnd) expect(text(hashMachineWords(machineWords(c, m)))).toBe(last)
        }
        each(chain, last)
      },
    })
  }
  return { due, steps }
}

describe('commitMachine', () => {
  it.each([1, 2, 3, 4])(
    'gives step by step what a new committer gives, seed %i',
    async (seed) => {
      const { steps } = await runChain(seed, 7)
      expect(steps).toBeGreaterThan(500)
    },
    120_000,
  )

  it('is the same in every run, wherever buffers lie', async () => {
    const runs: string[][] = []
    for (const noise of [0, 1, 3]) {
      const hashes: string[] = []
      await runChain(1, 1_000_000, ({ machine: { t, f, x } }, hash) => {
        hashes.push(hash)
        // Moves what comes from the pool of small buffers.
        Buffer.from('x'.repeat(noise))
        if (f.depth < 0 || hashes.length % 20 !== 0) return
        // Slices are named by their place in a buffer that holds nothing else.
        expect(t.raw.byteOffset).toBe(0)
        expect(t.raw.buffer.byteLength).toBe(t.raw.length)
        if (t.data.length > 0) expect(t.data.buffer).toBe(t.raw.buffer)
        for (const bytes of [f.input, f.returnData, x.source]) expect(bytes.buffer.byteLength).not.toBe(Buffer.poolSize)
      })
      runs.push(hashes)
    }
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).toEqual(runs[0])
  }, 120_000)

  it('meets every micro-op', async () => {
    const all = new Map<number, number>()
    for (const seed of [5, 6, 7, 8, 9]) {
      const { due } = await runChain(seed, 101)
      for (const [op, count] of due) all.set(op, (all.get(op) ?? 0) + count)
    }
    // The first ones of a segment are due before it begins.
    const first: readonly number[] = [microOp.txLoad, microOp.depositLoad, microOp.blockBegin, microOp.sealBegin]
    const missing = Object.entries(microOp).filter(([, op]) => !all.has(op) && !first.includes(op))
    expect(missing.map(([name]) => name)).toEqual([])
  }, 120_000)

  it('is the hash of the parts that the specification names', async () => {
    let checked = 0
    await runChain(3, 1_000_000, ({ machine: m }, hash) => {
      if (m.status !== status.running || m.x.op !== microOp.opcode || m.f.depth !== 0 || checked++ % 20 !== 0) return
      const { f } = m
      let stack = `0x${'00'.repeat(32)}` as const as `0x${string}`
      for (const item of f.stack.slice(0, f.sp)) stack = hashWords(tags.stackWord, stack, item)
      const words = Array.from({ length: f.memWords }, (_, i) => text(f.memory.slice(32 * i, 32 * i + 32)))
      const packed = BigInt(f.pc) | (BigInt(f.gas) << 32n) | (BigInt(f.sp) << 96n) | (BigInt(f.memWords) << 112n)
      // rest stands in the last commitment alone: it is the same for another pc.
      const c = createCommitter()
      expect(text(commitMachine(c, m))).toBe(hash)
      const parts = [
        text(c.sections.rest!.hash),
        `0x${packed.toString(16).padStart(64, '0')}`,
        stack,
        merkleRoot(words, 17),
      ]
      const preimage = Buffer.from(parts.map((part) => part.slice(2)).join(''), 'hex')
      expect(text(keccak256(preimage))).toBe(hash)
    })
    expect(checked).toBeGreaterThan(100)
  }, 120_000)

  it('is the hash of the BlockState before and after a block', async () => {
    const seen: string[] = []
    const states: string[] = []
    const random = randomSource(1)
    const chain = await createChain(random)
    const { machine: m } = chain
    for (let i = 0; i < 3; i++) {
      const { inboxCount } = chain
      runBlock(chain, [], [], {
        between: () => m.x.op === microOp.blockBegin && seen.push(fresh(m)),
        before: () => {},
        after: () => m.status === status.blockEnd && seen.push(fresh(m)),
      })
      const { number, hash, stateRoot, withdrawalsRoot } = chain.head
      states.push(
        stateHash({
          number,
          blockHash: hash,
          stateRoot,
          withdrawalsRoot: withdrawalsRoot!,
          inboxCount: inboxCount + 1n,
          gasSinceAssertionStart: chain.gasBefore,
          status: inboxCount + 1n === 8n ? blockStatus.assertionEnd : blockStatus.blockEnd,
        }),
      )
    }
    expect([seen[1], seen[3], seen[5]]).toEqual(states)
    expect([seen[2], seen[4]]).toEqual(states.slice(0, 2))
  })

  it('needs what a BlockState consists of', async () => {
    const { machine } = await createChain(randomSource(1))
    expect(() => commitMachine(createCommitter(), machine)).toThrow('BlockState')
  })

  it('has the hashes of unused sections that the contracts have', () => {
    expect(text(emptySections.b)).toBe('0xcbede67d9b1e93ba0cee2ba85d33bd06d885e87705802628af37baa750ed2f01')
    expect(text(emptySections.t)).toBe('0x116c9e6d1464593178062a6bca6855b07b5d99e22ac847c1ac39bf80f90e5ce2')
    expect(text(emptySections.f)).toBe('0x16de7cd67c4e4172f3fa59605f2ad033fdbe78123b37823130dc83b2f3e07764')
    expect(text(emptySections.x)).toBe('0x571a2940d2b9a18656091e2464131cacdbd17941a0b99351f027bd2a81c576b8')
  })
})
