import type { OwnTrace } from '@crema/dispute'
import {
  buildTrace,
  createMachineSource,
  createMemoryTraceStore,
  createProvingMachine,
  endBlock,
  type ProvableBlock,
  runToStep,
  type TraceSource,
} from '@crema/machine'
import { createAssertionMachine, createDisputeInputs } from '@crema/node'
import { type BlockState, type Hash, hashWords, stateHash } from '@crema/protocol'
import { wrongEnd } from '../evil-executor.ts'
import type { Place } from '../evil-lie.ts'
import { falsify } from '../evil-source.ts'
import type { Arena, Contender } from './arena.ts'
import { type Padding, prolong } from './prolong.ts'

/** The right child, played by `account`. */
export async function honest({ blocks, machine, idOf }: Arena, account: number): Promise<Contender> {
  const trace = await buildTrace({ source: machine.source, store: createMemoryTraceStore() })
  return { account, id: await idOf(blocks.end), end: blocks.end, trace: { ...trace, proveStep: machine.prove } }
}

/** Makes one liar's states differ from another's. */
export const saltOf = (account: number, salt = 0): Hash => hashWords(noWord, account, salt)
const noWord: Hash = `0x${'00'.repeat(32)}`

/** A lie, and how much longer than the right execution the false one is. */
export interface LieOptions {
  readonly padding?: Padding
  readonly salt?: number
  /** What it asserts; by default the right end with another state root. */
  readonly end?: BlockState
}

/** A wrong child whose trace leaves the right one after micro-op `place`. There is no proof of the lie: it sends that of the truth. */
export async function liar(
  arena: Arena,
  account: number,
  place: Place,
  { padding, salt = 0, end: asserted }: LieOptions = {},
): Promise<Contender> {
  const { blocks, machine } = arena
  const words = saltOf(account, salt)
  const end = asserted ?? wrongEnd(blocks.end, words)
  const ends = { rightEnd: stateHash(blocks.end), wrongEnd: stateHash(end) }
  const execution = padding === undefined ? machine.source : prolong(machine.source, padding)
  const source = falsify(execution, { place, salt: words, ...ends })
  return believer(arena, account, { source, end })
}

/** A false friend of the right child: a trace that leaves the right one after micro-op `place`, and ends as it does. */
export const frenemy = (arena: Arena, account: number, place: Place): Promise<Contender> =>
  liar(arena, account, place, { end: arena.blocks.end })

/** A wrong child that executes another input than L1 has: its last block is changed, and executed rightly. It sends the proofs of the truth. */
export async function misled(
  arena: Arena,
  account: number,
  change: (block: ProvableBlock) => ProvableBlock,
): Promise<Contender> {
  const { blocks, rollup } = arena
  const state = rollup.node.store
  const last = blocks.count - 1
  const changed = change(blocks.block(last))
  const block = (b: number): ProvableBlock => (b === last ? changed : blocks.block(b))
  const { inboxRoot } = blocks.terms
  const source = createMachineSource({ state, inboxRoot, blocks: blocks.count, block, weight: blocks.weight })
  const { machine: m, nextSegment } = createProvingMachine(changed, state)
  do runToStep(m, Number.POSITIVE_INFINITY)
  while (nextSegment())
  const end = endBlock(changed.before, m.sealed!, changed.assertion)
  return believer(arena, account, { source, end })
}

/** Caps on an assertion, in blocks and in gas. */
export interface Caps {
  readonly maxBlocks?: bigint
  readonly maxGas?: bigint
}

/** The arena as it would be under other caps: assertions of the same blocks end elsewhere. Proofs stay those of the truth. */
export async function underCaps(arena: Arena, { maxBlocks, maxGas }: Caps): Promise<Arena> {
  const { rollup, machine, blocks: right } = arena
  const { store, config } = rollup.node
  const blocks = await createDisputeInputs(store, {
    ...config,
    maxBlocksPerAssertion: maxBlocks ?? config.maxBlocksPerAssertion,
    maxGasPerAssertion: maxGas ?? config.maxGasPerAssertion,
  }).open(right.terms)
  const { source } = createAssertionMachine(store, blocks)
  return { ...arena, blocks, machine: { source, prove: machine.prove } }
}

/** A child as somebody takes it for right who executes something else. It sends the proofs of the truth. */
export async function believer(
  { machine, idOf, blocks }: Arena,
  account: number,
  { source, end }: { readonly source: TraceSource; readonly end: BlockState } = {
    source: machine.source,
    end: blocks.end,
  },
): Promise<Contender> {
  const trace = await traceOf(source, (b, x, i) => machine.prove(b, x, i).proof)
  return { account, id: await idOf(end), end, trace }
}

/** A trace of a false source, with the proofs of another: what they prove is not what the trace says. */
export async function traceOf(
  source: TraceSource,
  proofAt: (b: number, x: number, i: number) => Uint8Array,
): Promise<OwnTrace> {
  const trace = await buildTrace({ source, store: createMemoryTraceStore() })
  const proveStep: OwnTrace['proveStep'] = (b, x, i) => ({
    proof: proofAt(b, x, i),
    before: trace.stateBefore(b, x, i),
    after: trace.stateAfter(b, x, i),
  })
  return { ...trace, proveStep }
}
