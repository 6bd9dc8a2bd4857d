import { type BlockRun, buildTrace, createMemoryTraceStore, type TraceSource, traceDepth } from '@crema/machine'
import {
  type BlockState,
  blockStatus,
  bytesToHex,
  concatBytes,
  type Hash,
  hexToBytes,
  keccak256,
  merkleNode,
  stateHash,
} from '@crema/protocol'
import type { OwnTrace } from '../../src/index.ts'

/** Micro-ops of each segment of each block. */
export type Shape = readonly (readonly number[])[]

/** A place in a trace. */
export interface Place {
  readonly b: number
  readonly x: number
  readonly i: number
}

const word = (...numbers: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(8 * numbers.length)
  for (const [at, value] of numbers.entries()) new DataView(bytes.buffer).setBigUint64(8 * at, BigInt(value))
  return keccak256(bytes)
}

/** Where the execution begins and ends, beside its states. */
export interface World {
  /** State that it begins with. */
  readonly start: Uint8Array
  /** L2 block and Inbox leaves that it ends with. */
  readonly number: bigint
  readonly inboxCount: bigint
}

/** The model's. */
export const toyWorld: World = { start: word(0), number: 4n, inboxCount: 4n }

/** The end that the toy machine makes of a hash. */
export const endOf = (root: Uint8Array, { number, inboxCount }: World): BlockState => ({
  number,
  blockHash: zero,
  stateRoot: bytesToHex(root),
  withdrawalsRoot: zero,
  inboxCount,
  gasSinceAssertionStart: 0n,
  status: blockStatus.assertionEnd,
})
const zero: Hash = `0x${'0'.repeat(64)}`

export interface Lie extends Place {
  readonly salt: number
}

const isLast = (shape: Shape, { b, x, i }: Place): boolean =>
  b === shape.length - 1 && x === shape[b]!.length - 1 && i === shape[b]![x]! - 1

/**
 * What executing step (b, x, i) on `before` gives: the toy machine hashes, and its last step makes a BlockState of the hash. Where an execution of this shape has
 * nothing to do, nothing happens. A lie is a wrong result of one step.
 */
export function toyStep(shape: Shape, before: Uint8Array, place: Place, lie?: Lie, world = toyWorld): Uint8Array {
  const { b, x, i } = place
  const steps = shape[b]?.[x]
  if (steps === undefined || i >= steps) return before
  const hash = rawStep(before, place, lie)
  return isLast(shape, place) ? hexToBytes(stateHash(endOf(hash, world))) : hash
}

function rawStep(before: Uint8Array, { b, x, i }: Place, lie: Lie | undefined): Uint8Array {
  const right = keccak256(before)
  const isLie = lie !== undefined && lie.b === b && lie.x === x && lie.i === i
  return isLie ? keccak256(concatBytes(right, word(2, lie.salt))) : right
}

/** The BlockState that an execution ends in. */
export function toyEnd(shape: Shape, trace: OwnTrace, lie?: Lie, world = toyWorld): BlockState {
  const b = shape.length - 1
  const x = shape[b]!.length - 1
  const place = { b, x, i: shape[b]![x]! - 1 }
  return endOf(rawStep(trace.stateBefore(b, x, place.i), place, lie), world)
}

/** An execution of this shape, with a lie that the rest builds on. */
export function toySource(shape: Shape, lie?: Lie, world = toyWorld): TraceSource {
  const next = (before: Uint8Array, b: number, x: number, i: number): Uint8Array =>
    toyStep(shape, before, { b, x, i }, lie, world)
  const ends: Uint8Array[] = []
  const endOf = (b: number): Uint8Array => {
    if (b < 0) return world.start
    const known = ends[b]
    if (known !== undefined) return known
    let state = endOf(b - 1)
    for (const [x, steps] of shape[b]!.entries()) for (let i = 0; i < steps; i++) state = next(state, b, x, i)
    ends[b] = state
    return state
  }
  return {
    id: JSON.stringify([shape, lie]),
    initialState: world.start,
    blocks: shape.length,
    weight: () => 1,
    openBlock: (b) => openRun(shape[b]!, b, endOf(b - 1), next, b === shape.length - 1),
  }
}

function openRun(
  segments: readonly number[],
  b: number,
  begin: Uint8Array,
  next: (before: Uint8Array, b: number, x: number, i: number) => Uint8Array,
  isLast: boolean,
): BlockRun {
  let x = -1
  let i = 0
  let state = begin
  const run: BlockRun = {
    get isRunning() {
      return x >= 0 && x < segments.length && i < segments[x]!
    },
    nextSegment() {
      x++
      i = 0
      return x < segments.length
    },
    step() {
      state = next(state, b, x, i++)
      return state
    },
    skip(count) {
      let done = 0
      for (; done < count && run.isRunning; done++) run.step()
      return done
    },
    stateHash: () => state,
    endsAssertion: isLast,
  }
  return run
}

/** Builds a trace of the toy machine; whoever lies claims that its step led to its own state. */
export async function toyTrace(shape: Shape, lie?: Lie, world = toyWorld): Promise<OwnTrace> {
  const trace = await buildTrace({ source: toySource(shape, lie, world), store: createMemoryTraceStore() })
  return {
    ...trace,
    proveStep: (b, x, i) => ({
      proof: Uint8Array.of(b, x, i % 256),
      before: trace.stateBefore(b, x, i),
      after: trace.stateAfter(b, x, i),
    }),
  }
}

/** A trace whose block leaf `b` is garbage: a root that no execution has. It can be committed to, but not be played below that leaf. */
export function malformed(trace: OwnTrace, b: number, salt: number): OwnTrace {
  const depth = traceDepth.blocks
  const garbage = word(3, salt)
  // The nodes above the leaf, at depth 11 to 0, with the garbage in it.
  let node = garbage
  const path = new Map<string, Uint8Array>()
  for (let height = 0; height < depth; height++) {
    const position = Math.floor(b / 2 ** height)
    path.set(`${depth - height}:${position}`, node)
    const pair = trace.children(depth - height - 1, Math.floor(position / 2), 1)
    node = position % 2 === 0 ? merkleNode(node, pair[1]!) : merkleNode(pair[0]!, node)
  }
  const children: OwnTrace['children'] = (at, prefix, count = 4) => {
    const first = prefix * 2 ** count
    return trace.children(at, prefix, count).map((made, index) => path.get(`${at + count}:${first + index}`) ?? made)
  }
  const siblingOfLast = (height: number): Uint8Array =>
    children(depth - height - 1, 2 ** (depth - height - 1) - 1, 1)[0]!
  const siblings = Array.from({ length: depth }, (_, height) => siblingOfLast(height))
  return { ...trace, root: node, children, lastLeafProof: () => ({ ...trace.lastLeafProof(), siblings }) }
}
