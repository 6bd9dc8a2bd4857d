import type { BlockRef } from '@crema/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { BlockEntry, ChainStore } from '../src/index.ts'
import { genesisNumber, type Link, makeEntry, makeGenesis } from './support/blocks.ts'
import { type L1Step, l1Start, makeL1Steps, toBatch } from './support/l1.ts'
import { codeOf, openInitialized, openTemporary, temporaryPath } from './support/store.ts'

/** What the store must hold, in plain arrays. */
interface Model {
  chain: BlockEntry[]
  safe: number
  finalized: number
  l1: L1Step[]
  /** Numbers of blocks, counted from genesis, that are marked as posted. */
  posted: Set<number>
}

type Command =
  | { readonly kind: 'commit'; readonly seed: number }
  | { readonly kind: 'rollback'; readonly to: number }
  | { readonly kind: 'heads'; readonly safe: number; readonly finalized: number }
  | { readonly kind: 'reset'; readonly finalized: number }
  | { readonly kind: 'follow'; readonly seed: number; readonly blocks: number }
  | { readonly kind: 'cut'; readonly above: number }
  | { readonly kind: 'post'; readonly at: number }
  | { readonly kind: 'fail'; readonly seed: number }
  | { readonly kind: 'reopen' }

const place = fc.nat({ max: 12 })
const seed = fc.nat()
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('commit' as const), seed }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rollback' as const), to: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('heads' as const), safe: place, finalized: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), finalized: place }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('follow' as const), seed, blocks: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), above: place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('post' as const), at: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), seed }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
)

const genesis = makeGenesis()
const tip = (model: Model): Link => model.chain.at(-1) ?? genesis
const leavesOf = (model: Model) => model.l1.flatMap(({ leaves }) => leaves)

/** Block `at` after genesis; an invented one when the chain is shorter. */
function refAt(model: Model, at: number): BlockRef {
  const block = at === 0 ? genesis.block : model.chain[at - 1]?.block
  return { number: genesisNumber + BigInt(at), hash: block?.hash ?? `0x${'ab'.repeat(32)}` }
}

function setModelHeads(model: Model, safe: number, finalized: number): string | undefined {
  if (safe > model.chain.length || finalized > model.chain.length) return 'UNKNOWN_BLOCK'
  if (finalized > safe) return 'HEADS_OUT_OF_ORDER'
  Object.assign(model, { safe, finalized })
  return undefined
}

/** Does to both what the command says, and compares how it ended. Returns the store to go on with. */
function run(command: Command, store: ChainStore, model: Model, reopen: () => ChainStore): ChainStore {
  switch (command.kind) {
    case 'commit': {
      const entry = makeEntry(tip(model), command.seed)
      store.commitBlock(entry)
      model.chain.push(entry)
      break
    }
    case 'rollback': {
      const { to } = command
      const expected =
        to > model.chain.length ? 'UNKNOWN_BLOCK' : to < model.finalized ? 'ROLLBACK_BELOW_FINALIZED' : undefined
      let removed: unknown
      expect(codeOf(() => (removed = store.rollbackTo(genesisNumber + BigInt(to))))).toBe(expected)
      if (expected !== undefined) break
      expect(removed).toEqual(
        model.chain
          .slice(to)
          .map(({ block }) => block)
          .reverse(),
      )
      model.chain = model.chain.slice(0, to)
      model.safe = Math.min(model.safe, to)
      model.posted = new Set([...model.posted].filter((at) => at <= to))
      break
    }
    case 'heads': {
      const { safe, finalized } = command
      const expected = finalized < model.finalized ? 'FINALIZED_REGRESSED' : setModelHeads(model, safe, finalized)
      const next = { safe: refAt(model, safe), finalized: refAt(model, finalized) }
      expect(codeOf(() => store.setHeads(next))).toBe(expected)
      break
    }
    case 'reset': {
      const { finalized } = command
      const expected = setModelHeads(model, Math.min(model.safe, finalized), finalized)
      expect(codeOf(() => store.resetFinalized(refAt(model, finalized)))).toBe(expected)
      break
    }
    case 'follow': {
      const deposits = model.l1.reduce((sum, step) => sum + step.deposits.length, 0)
      const progress = {
        parent: model.l1.at(-1)?.block,
        depositCount: BigInt(deposits),
        leafCount: BigInt(leavesOf(model).length),
      }
      const seeds = Array.from({ length: command.blocks }, (_, i) => command.seed + i)
      const steps = makeL1Steps({ ...l1Start, ...progress }, seeds)
      store.appendL1(toBatch(steps))
      model.l1.push(...steps)
      break
    }
    case 'cut': {
      store.cutL1Above(99n + BigInt(command.above))
      model.l1 = model.l1.slice(0, command.above)
      const count = leavesOf(model).length
      model.posted = new Set([...model.posted].filter((at) => at <= count))
      break
    }
    case 'post': {
      const { at } = command
      const leaf = leavesOf(model)[at - 1]
      const expected = at > model.chain.length ? 'UNKNOWN_BLOCK' : leaf === undefined ? 'LEAF_MISMATCH' : undefined
      const ref = { index: BigInt(at - 1), leafHash: leaf?.leafHash ?? genesis.block.hash }
      expect(codeOf(() => store.markPosted(genesisNumber + BigInt(at), ref))).toBe(expected)
      if (expected === undefined) model.posted.add(at)
      break
    }
    case 'fail': {
      const entry = makeEntry(tip(model), command.seed)
      const failing = () =>
        store.atomically(() => {
          store.commitBlock(entry)
          store.rollbackTo(store.heads().finalized.number)
          store.cutL1Above(0n)
          throw new RangeError('undo')
        })
      expect(failing).toThrow(RangeError)
      break
    }
    case 'reopen':
      store.close()
      return reopen()
  }
  const { latest, safe, finalized } = store.heads()
  expect(latest).toEqual(refAt(model, model.chain.length))
  expect(safe).toEqual(refAt(model, model.safe))
  expect(finalized).toEqual(refAt(model, model.finalized))
  return store
}

/** A store that goes straight to what the model holds. */
function straight(model: Model): ChainStore {
  const store = openInitialized()
  if (model.l1.length > 0) store.appendL1(toBatch(model.l1))
  const leaves = leavesOf(model)
  for (const [i, entry] of model.chain.entries()) {
    const leaf = leaves[i]
    store.commitBlock(
      model.posted.has(i + 1) ? { ...entry, leaf: { index: leaf!.index, leafHash: leaf!.leafHash } } : entry,
    )
  }
  store.setHeads({ safe: refAt(model, model.safe), finalized: refAt(model, model.finalized) })
  return store
}

it('behaves like plain arrays under any sequence of commands, and ends like a store built straight', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 5, maxLength: 40 }), (commands) => {
      const path = temporaryPath()
      const reopen = () => openTemporary({ path, blockCacheCount: 4, nodeCacheBytes: 4_000 })
      let store = reopen()
      store.initialize(genesis)
      const model: Model = { chain: [], safe: 0, finalized: 0, l1: [], posted: new Set() }
      for (const each of commands) store = run(each, store, model, reopen)

      for (const [i, { block, position }] of model.chain.entries()) {
        expect(store.blockByHash(block.hash)).toEqual(block)
        const leafHash = leavesOf(model)[i]?.leafHash
        expect(store.position(block.header.number)).toEqual(
          model.posted.has(i + 1) ? { ...position, leafHash } : position,
        )
      }
      const { deposits, leaves, blocks, events } = toBatch(model.l1)
      expect(store.deposits(0n, store.depositCount())).toEqual(deposits)
      expect(leaves.map(({ index }) => store.leaf(index))).toEqual(leaves)
      expect(store.leafCount()).toBe(BigInt(leaves.length))
      expect(store.l1Cursor()?.hash).toBe(blocks.at(-1)?.hash)
      expect(store.l1Events('assertion.created')).toEqual(events)
      store.check()

      const other = straight(model)
      expect(store.dump()).toEqual(other.dump())
      expect(store.digests()).toEqual(other.digests())
      expect(store.digests().digest).toBe(store.dump().digest)
      for (const each of [store, other]) each.close()
    }),
    { numRuns: 60 },
  )
}, 120_000)
