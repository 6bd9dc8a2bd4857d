import type { ChainStore } from '@crema/chain-store'
import { assertionChainAbi, readAssertion, stepVerifierAbi } from '@crema/l1'
import { buildTrace, createMemoryTraceStore, type TraceSource } from '@crema/machine'
import { bytesToHex, type Hash, leafKinds, stateHash } from '@crema/protocol'
import { type ForcedRollup, makeVariedHistory, startForcedRollup, variedPrefunded } from '@crema/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAssertionMachine } from '../../src/dispute/assertion-machine.ts'
import { EvidenceError } from '../../src/dispute/errors.ts'
import { createDisputeInputs, type ProvableBlocks } from '../../src/dispute/provable-blocks.ts'
import { type Asserted, assertNext } from '../support/assert-next.ts'

/** Most steps of a segment of which each is proven; of longer ones some. */
const WHOLE = 40

let rollup: ForcedRollup
const asserted: Asserted[] = []

beforeAll(async () => {
  // Assertions end by gas, by blocks, and at the target.
  const limits = { maxGasPerAssertion: 250_000n, maxBlocksPerAssertion: 3n }
  rollup = await startForcedRollup({ prefunded: variedPrefunded, ...limits })
  await makeVariedHistory(rollup)
  const { l1, config } = rollup
  const genesisId = await l1.readContract({
    address: config.l1Contracts.assertionChain,
    abi: assertionChainAbi,
    functionName: 'genesisId',
  })
  let parent = { id: genesisId, end: config.genesisState }
  for (;;) {
    const next = await assertNext(rollup, parent)
    if (next === undefined) break
    asserted.push(next)
    parent = next
  }
})

afterAll(() => rollup.close())

/** Steps of each segment of a block. */
function segmentsOf(source: TraceSource, b: number): number[] {
  const run = source.openBlock(b)
  const steps: number[] = []
  while (run.nextSegment()) steps.push(run.skip(Number.POSITIVE_INFINITY))
  return steps
}

/** Places in a segment: each if it is short, else the ends and some between; and one behind. */
function places(steps: number): number[] {
  if (steps <= WHOLE) return Array.from({ length: steps + 1 }, (_, i) => i)
  const some = Array.from({ length: WHOLE }, (_, k) => Math.floor((k * (steps - 1)) / (WHOLE - 1)))
  return [...some, steps]
}

/** Block, segment, step. */
type Place = readonly [number, number, number]

/** What the deployed verifier says. */
const verify = (blocks: ProvableBlocks, before: Uint8Array, at: Place, proof: Uint8Array) => {
  const { startInboxCount, targetCount, inboxRoot } = blocks.terms
  const context = { startInboxCount, targetCount, inboxRoot, forkId: 0n }
  const [b, x, i] = at.map(BigInt) as [bigint, bigint, bigint]
  return rollup.l1.readContract({
    address: rollup.config.l1Contracts.stepVerifier,
    abi: stepVerifierAbi,
    functionName: 'verify',
    args: [context, bytesToHex(before), b, x, i, bytesToHex(proof)],
  })
}

describe('the blocks of assertions', () => {
  it('are of all kinds', () => {
    const { store } = rollup.node
    const leaves = Array.from({ length: Number(store.leafCount()) }, (_, i) => store.leaf(BigInt(i))!)
    const all = leaves.map((_, i) => store.blockByNumber(BigInt(i + 1))!)
    expect(leaves.filter(({ leaf }) => leaf.kind === leafKinds.forced)).toHaveLength(2)
    expect(leaves.filter(({ leaf }, i) => i > 0 && leaf.timestamp === leaves[i - 1]!.leaf.timestamp)).not.toEqual([])
    expect(leaves[0]!.leaf.timestamp).toBe(rollup.config.genesis.timestamp)
    expect(all.filter(({ transactions }) => transactions.length === 0).length).toBeGreaterThanOrEqual(2)
    const receipts = all.flatMap((block) => block.receipts)
    expect(receipts.filter(({ type, status }) => type === 0x7e && status === 0)).not.toEqual([])
    expect(receipts.filter(({ type, contractAddress }) => type === 0x7e && contractAddress !== undefined)).not.toEqual(
      [],
    )
    expect(receipts.filter(({ logs }) => logs.length > 0)).not.toEqual([])
    expect(all.flatMap(({ skipped }) => skipped.map(({ reason }) => reason)).length).toBeGreaterThanOrEqual(3)
    // Deposits that were made after the origin, and in the leaf's own L1 block, stand under its root and wait.
    const waiting = leaves.filter(
      ({ leaf }) => leaf.depositEnd > leaf.depositStart && leaf.depositEnd < store.depositCount(),
    )
    expect(waiting).not.toEqual([])
  })

  it('are parted by gas, by number and by target', () => {
    const counts = asserted.map(({ blocks }) => blocks.count)
    expect(counts.reduce((a, b) => a + b, 0)).toBe(Number(rollup.node.store.leafCount()))
    const { maxGasPerAssertion: maxGas, maxBlocksPerAssertion: maxBlocks } = rollup.config
    const byGas = asserted.filter(({ end }) => end.gasSinceAssertionStart >= maxGas)
    const byNumber = asserted.filter(({ blocks }) => BigInt(blocks.count) === maxBlocks)
    const byTarget = asserted.filter(({ end, blocks }) => end.inboxCount === blocks.terms.targetCount)
    for (const kind of [byGas, byNumber, byTarget]) expect(kind).not.toEqual([])
  })

  it('are traced to the end that L1 was told', async () => {
    for (const { id, end, blocks } of asserted) {
      const { source } = createAssertionMachine(rollup.node.store, blocks)
      const trace = await buildTrace({ source, store: createMemoryTraceStore() })
      expect(bytesToHex(trace.initialState)).toBe(blocks.terms.startHash)
      expect(bytesToHex(trace.endState)).toBe(stateHash(end))
      const stored = await readAssertion(rollup.l1, rollup.config.l1Contracts.assertionChain, id)
      expect(stored.stateHash).toBe(stateHash(end))
    }
  })

  it('are executed by the deployed verifier, step by step', async () => {
    let proven = 0
    for (const { blocks } of asserted) {
      const { source, prove } = createAssertionMachine(rollup.node.store, blocks)
      const trace = await buildTrace({ source, store: createMemoryTraceStore() })
      for (let b = 0; b < blocks.count; b++) {
        const segments = segmentsOf(source, b)
        for (const [x, steps] of segments.entries()) {
          for (const i of places(steps)) {
            const { proof, before, after } = prove(b, x, i)
            const at = `block ${blocks.terms.startInboxCount + BigInt(b)}, segment ${x}, step ${i}`
            expect(bytesToHex(before), at).toBe(bytesToHex(trace.stateBefore(b, x, i)))
            expect(bytesToHex(after), at).toBe(bytesToHex(trace.stateAfter(b, x, i)))
            const verified: Hash = await verify(blocks, before, [b, x, i], proof)
            expect(verified, at).toBe(bytesToHex(after))
            proven++
          }
        }
      }
      // Behind the last segment of a block, and behind the assertion.
      const idle: readonly Place[] = [
        [0, 4_000, 9],
        [blocks.count, 0, 0],
        [4_095, 4_095, 2 ** 24 - 1],
      ]
      for (const at of idle) {
        const { proof, before, after } = prove(...at)
        expect(bytesToHex(before)).toBe(bytesToHex(trace.stateBefore(...at)))
        expect(after).toEqual(before)
        expect(await verify(blocks, before, at, proof)).toBe(bytesToHex(after))
      }
    }
    expect(proven).toBeGreaterThan(400)
  }, 300_000)

  it('are refused, by name, where something is missing or differs', async () => {
    const { store } = rollup.node
    const inputs = createDisputeInputs(store, rollup.config)
    const { blocks } = asserted.at(-1)!
    const { terms } = blocks
    const other = `0x${'11'.repeat(32)}` as const
    const beyond = store.leafCount() + 1n
    await expect(inputs.open({ ...terms, targetCount: beyond })).rejects.toMatchObject({
      ...{ name: 'EvidenceError', code: 'MISSING_LEAF', retryable: true, details: { index: store.leafCount() } },
    })
    await expect(inputs.open({ ...terms, inboxRoot: other })).rejects.toMatchObject({ code: 'OTHER_INBOX' })
    await expect(inputs.open({ ...terms, startHash: other })).rejects.toMatchObject({
      ...{ code: 'OTHER_PARENT', retryable: false, details: { own: terms.startHash, asserted: other } },
    })
    for (const b of [-1, 0.5, blocks.count]) expect(() => blocks.block(b)).toThrow(EvidenceError)

    const lacking = (change: Partial<ChainStore>) => createDisputeInputs({ ...store, ...change }, rollup.config)
    const number = terms.startInboxCount + 1n
    const unexecuted = lacking({ barePosition: (n) => (n >= number ? undefined : store.barePosition(n)) })
    await expect(unexecuted.open(terms)).rejects.toMatchObject({ code: 'MISSING_BLOCK', retryable: true })
    const soft = lacking({
      barePosition(n) {
        const { leafHash: _, ...position } = store.barePosition(n)!
        return position
      },
    })
    const unconfirmed = await soft.open(terms)
    expect(() => unconfirmed.block(0)).toThrow(
      expect.objectContaining({ code: 'MISSING_BLOCK', details: { number, index: number - 1n } }),
    )

    const [withDeposits, b] = blockWithDeposits()
    const changed = lacking({
      deposits: (from, to) => store.deposits(from, to).map((each) => ({ ...each, mint: 1n << 77n })),
    })
    const foreign = await changed.open(withDeposits.blocks.terms)
    expect(() => foreign.block(b)).toThrow(expect.objectContaining({ code: 'OTHER_DEPOSITS', retryable: true }))
  })
})

function blockWithDeposits(): readonly [Asserted, number] {
  for (const each of asserted) {
    for (let b = 0; b < each.blocks.count; b++) if (each.blocks.block(b).deposits.length > 0) return [each, b]
  }
  throw new Error('no block has deposits')
}
